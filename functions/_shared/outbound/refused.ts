/** A request that is not made because of where it would go. `reason` may be told to whoever gave the URL. */
export class OutboundRefused extends Error {
  override name = "OutboundRefused";

  constructor(readonly reason: string) {
    super(reason);
  }
}

/** A request that was made, or tried, and brought no answer. `reason` may be told to whoever gave the URL. */
export class OutboundFailed extends Error {
  override name = "OutboundFailed";

  constructor(readonly reason: string, options?: ErrorOptions) {
    super(reason, options);
  }
}
