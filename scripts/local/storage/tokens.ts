/** The tokens inside signed URLs: which object, which use, until when (HS256). */
import { errors as joseErrors, jwtVerify, SignJWT } from "jose";
import { errors } from "./errors.ts";

/** What a signed token allows. A download token never uploads. */
export type Permission = {
  use: "download" | "upload";
  /** `<bucket>/<object name>`. */
  path: string;
  upsert?: boolean;
  owner?: string;
};

export class SignedTokens {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  sign({ use, path, upsert, owner }: Permission, seconds: number): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ use, url: path, ...(upsert ? { upsert } : {}), ...(owner ? { owner } : {}) })
      .setProtectedHeader({ alg: "HS256" }).setIssuedAt(now).setExpirationTime(now + seconds).sign(this.#key);
  }

  /** Throws unless the token holds and was made for this object and this use. */
  async verify(token: string, use: Permission["use"], path: string): Promise<Permission> {
    const { payload } = await jwtVerify(token, this.#key, { algorithms: ["HS256"] }).catch((error) => {
      throw error instanceof joseErrors.JWTExpired ? errors.expiredSignature() : errors.wrongSignature();
    });
    if (payload.use !== use || payload.url !== path) throw errors.wrongSignature();
    return {
      use,
      path,
      upsert: payload.upsert === true,
      ...(typeof payload.owner === "string" ? { owner: payload.owner } : {}),
    };
  }
}
