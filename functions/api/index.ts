import { serve } from "../_shared/http/serve.ts";
import { createApi } from "./app.ts";

serve(createApi);
