export interface Quality {
  word: 'good' | 'fair' | 'poor';
  /** Share of packets lost since the last measurement, 0 to 1. */
  loss: number;
  /** Milliseconds. */
  jitter: number;
  /** Packets received since the start of the call. */
  received: number;
  /** Packets lost since the start of the call. */
  lost: number;
}

/** A word applies from this loss or from this jitter (milliseconds) upwards. */
const limits = [
  { word: 'poor', loss: 0.05, jitter: 60 },
  { word: 'fair', loss: 0.02, jitter: 30 },
] as const;

/** The quality of the received audio since the measurement `before`. Undefined before any audio is received. */
export async function qualityOf(connection: RTCPeerConnection, before?: Quality): Promise<Quality | undefined> {
  const stats = await connection.getStats();
  for (const one of stats.values() as Iterable<RTCInboundRtpStreamStats>)
    if (one.type === 'inbound-rtp' && one.kind === 'audio') return qualityFrom(one, before);
  return undefined;
}

function qualityFrom(
  { packetsReceived: received = 0, packetsLost: lost = 0, jitter: seconds = 0 }: RTCInboundRtpStreamStats,
  before: Quality | undefined,
): Quality {
  const missing = Math.max(0, lost - (before?.lost ?? 0));
  const all = missing + received - (before?.received ?? 0);
  const loss = all > 0 ? Math.round((missing / all) * 1000) / 1000 : 0;
  const jitter = Math.round(seconds * 1000);
  const word = limits.find((limit) => loss >= limit.loss || jitter >= limit.jitter)?.word ?? 'good';
  return { word, loss, jitter, received, lost };
}
