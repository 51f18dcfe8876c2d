/** Connections to checked addresses; one that was left in good order serves the next request to the same place. */

export interface Place {
  /** The name on the certificate, and in SNI. */
  hostname: string;
  address: string;
  port: number;
  isTls: boolean;
  caCerts?: string[];
}

type Connection = Deno.TcpConn | Deno.TlsConn;

const idleMs = 4000;
const mostIdle = 256;
const idle = new Map<string, { connection: Connection; until: number }[]>();
let idleCount = 0;
/** Closes what nobody took; one for all, since a timer for each would cost a tenth of a request. */
let sweep: ReturnType<typeof setTimeout> | undefined;

const keyOf = ({ hostname, address, port, isTls }: Place) => `${isTls} ${hostname} ${address} ${port}`;

/** An idle connection to the place, if there is one. */
export function takeIdle(place: Place): Connection | undefined {
  const entry = idle.get(keyOf(place))?.pop();
  if (!entry) return undefined;
  idleCount--;
  if (performance.now() < entry.until) return entry.connection;
  closeQuietly(entry.connection);
  return undefined;
}

/** Keeps a connection for the next request, for some seconds. */
export function keepIdle(place: Place, connection: Connection): void {
  if (idleCount >= mostIdle) return closeQuietly(connection);
  const key = keyOf(place);
  let list = idle.get(key);
  if (!list) idle.set(key, list = []);
  list.push({ connection, until: performance.now() + idleMs });
  idleCount++;
  if (sweep === undefined) sweepLater();
}

function sweepLater(): void {
  sweep = setTimeout(() => {
    sweep = undefined;
    closeIdle(performance.now());
    if (idle.size > 0) sweepLater();
  }, idleMs / 4);
  // A process that has nothing else to do may end.
  Deno.unrefTimer(sweep as unknown as number);
}

/** Closes what is idle longer than it may be, or all of it: for tests and the end of a process. */
export function closeIdle(now = Infinity): void {
  for (const [key, list] of idle) {
    // The oldest come first.
    while (list.length > 0 && list[0]!.until <= now) {
      closeQuietly(list.shift()!.connection);
      idleCount--;
    }
    if (list.length === 0) idle.delete(key);
  }
  if (idle.size > 0) return;
  clearTimeout(sweep);
  sweep = undefined;
}

/**
 * Connects to the checked address: nothing is resolved a second time. The certificate must be that of the host name.
 * `opened` hears of the socket as soon as there is one, so that a time-out can close it.
 */
export async function connect(place: Place, opened: (connection: Connection) => void): Promise<Connection> {
  const socket = await Deno.connect({ hostname: place.address, port: place.port });
  socket.setNoDelay(true);
  opened(socket);
  if (!place.isTls) return socket;
  const secure = await Deno.startTls(socket, {
    hostname: place.hostname,
    alpnProtocols: ["http/1.1"],
    ...(place.caCerts ? { caCerts: place.caCerts } : {}),
  });
  opened(secure);
  await secure.handshake();
  return secure;
}

export function closeQuietly(connection: Connection): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
