import type { Comment } from '../domain/ticket.js';

interface WrittenComment {
  body: string;
  public: false;
  author_id?: number;
}

/** The documented `voice_comment`: a recording with its player. */
interface VoiceComment {
  from?: string;
  to?: string;
  recording_url: string;
  started_at: string;
  call_duration: number;
  answered_by_id?: number;
  transcription_text?: string;
}

/**
 * A comment as Zendesk takes it. A body overrides a voice comment, so a recording that comes with words stands in them as a
 * link. Files cannot go through the app framework: the words say where they are.
 */
export function writtenComment(comment: Comment): { comment?: WrittenComment; voice_comment?: VoiceComment } {
  const { body, authorId, recording, attachments = [] } = comment;
  const voice = voiceComment(comment);
  if (voice && body.trim() === '' && attachments.length === 0) return { voice_comment: voice };
  const lines = [
    body,
    recording && `Recording: ${recording.url ?? 'kept by the call panel of the agent, not in Zendesk'}`,
    ...attachments.map(({ name, url }) => `${name}: ${url ?? 'kept by the call panel of the agent, not in Zendesk'}`),
  ];
  return {
    comment: {
      body: lines.filter(Boolean).join('\n'),
      public: false,
      ...(authorId !== undefined && { author_id: Number(authorId) }),
    },
  };
}

/** A recording that has an address. */
export function voiceComment({ recording, authorId }: Comment): VoiceComment | undefined {
  if (recording?.url === undefined) return undefined;
  return {
    ...(recording.from !== undefined && { from: recording.from }),
    ...(recording.to !== undefined && { to: recording.to }),
    recording_url: recording.url,
    started_at: recording.startedAt,
    call_duration: recording.durationSeconds,
    ...(authorId !== undefined && { answered_by_id: Number(authorId) }),
    ...(recording.transcript !== undefined && { transcription_text: recording.transcript }),
  };
}
