import { serve } from "../_shared/http/serve.ts";
import { createSuperIds } from "./app.ts";

serve(createSuperIds);
