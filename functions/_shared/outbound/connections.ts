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
const idle = new Map<string, { connection: Connection; timer: ReturnType<typeof setTimeout> }[]>();
let idleCount = 0;

const keyOf = ({ hostname, address, port, isTls }: Place) => `${isTls} ${hostname} ${address} ${port}`;

/** An idle connection to the place, if there is one. */
export function takeIdle(place: Place): Connection | undefined {
  const list = idle.get(keyOf(place));
  const entry = list?.pop();
  if (!entry) return undefined;
  if (list!.length === 0) idle.delete(keyOf(place));
  idleCount--;
  clearTimeout(entry.timer);
  return entry.connection;
}

/** Keeps a connection for the next request, for some seconds. */
export function keepIdle(place: Place, connection: Connection): void {
  if (idleCount >= mostIdle) return closeQuietly(connection);
  const key = keyOf(place);
  const entry = {
    connection,
    timer: setTimeout(() => {
      const list = idle.get(key) ?? [];
      const at = list.indexOf(entry);
      if (at < 0) return;
      list.splice(at, 1);
      if (list.length === 0) idle.delete(key);
      idleCount--;
      closeQuietly(connection);
    }, idleMs),
  };
  // A process that has nothing else to do may end.
  Deno.unrefTimer(entry.timer as unknown as number);
  idle.set(key, [...(idle.get(key) ?? []), entry]);
  idleCount++;
}

/** Closes what is idle; for tests and the end of a process. */
export function closeIdle(): void {
  for (const list of idle.values()) {
    for (const { connection, timer } of list) {
      clearTimeout(timer);
      closeQuietly(connection);
    }
  }
  idle.clear();
  idleCount = 0;
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
