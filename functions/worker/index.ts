import { serve } from "../_shared/http/serve.ts";
import { createWorker } from "./app.ts";

serve(createWorker);
