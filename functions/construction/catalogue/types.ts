/** What a question may ask, and how its answer is checked. The same words stand in `public.question_blocks`. */

export interface Option {
  value: string;
  label: string;
}

/** The question is asked only where another one was answered with one of these values. */
export interface VisibleIf {
  question: string;
  one_of: string[];
}

interface Asked {
  id: string;
  label: string;
  help?: string;
  /** Must be answered before a job is published; only where it is visible. */
  required: boolean;
  visible_if?: VisibleIf;
}

export interface SingleQuestion extends Asked {
  type: "single";
  options: Option[];
}

export interface MultiQuestion extends Asked {
  type: "multi";
  options: Option[];
  max_items?: number;
}

/** Answered by a number, or by `{"value", "unit"}` where it has units; a bare number is in the first of them. */
export interface NumberQuestion extends Asked {
  type: "number";
  min: number;
  max: number;
  whole?: true;
  units?: string[];
}

export interface TextQuestion extends Asked {
  type: "text";
  max_length: number;
}

/** Answered by `YYYY-MM-DD`. */
export interface DateQuestion extends Asked {
  type: "date";
}

/** Answered by a list of references: https addresses, or paths of objects in Storage. */
export interface PhotosQuestion extends Asked {
  type: "photos";
  max_items: number;
}

export type Question = SingleQuestion | MultiQuestion | NumberQuestion | TextQuestion | DateQuestion | PhotosQuestion;

/** Questions that are asked together, for every service or for all below one place of the taxonomy. */
export interface QuestionBlock {
  key: string;
  /** Counts up with every change: a job says which version it answered. */
  version: number;
  /** `category`, `category/subcategory` or `category/subcategory/slug`; null for every service. */
  applies_to: string | null;
  /** Lower ones are asked first. */
  position: number;
  questions: Question[];
}

/** A kind of work, the third level below category and subcategory. */
export interface MicroService {
  slug: string;
  name: string;
  category: string;
  subcategory: string;
}
