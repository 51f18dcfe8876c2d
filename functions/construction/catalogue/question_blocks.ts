import { categoryBlocks } from "./category_blocks.ts";
import { serviceBlocks } from "./service_blocks.ts";
import { sharedBlocks } from "./shared_blocks.ts";
import type { QuestionBlock } from "./types.ts";

/** Every block, in the order in which their questions are asked. */
export const questionBlocks: readonly QuestionBlock[] = [...sharedBlocks, ...categoryBlocks, ...serviceBlocks]
  .sort((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1));
