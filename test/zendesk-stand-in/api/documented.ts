import {
  either,
  fields,
  flag,
  id,
  keyed,
  list,
  oneOf,
  orNull,
  scalar,
  text,
  time,
  whole,
  type Shape,
} from './shapes.js';

// (D) A ticket's comment. The stand-in has no uploads.
const comment = fields({ body: text, public: flag, author_id: id });

// (D) Talk Partner Edition.
const voiceComment = fields(
  {
    from: text,
    to: text,
    recording_url: orNull(text),
    started_at: time,
    call_duration: whole,
    answered_by_id: orNull(id),
    transcription_text: orNull(text),
    location: orNull(text),
  },
  ['from', 'to'],
);

// (D) 44 voicemail, 45 inbound, 46 outbound.
const viaId = oneOf(44, 45, 46);
const priority = orNull(oneOf('low', 'normal', 'high', 'urgent'));

// (D) The fields of a ticket that can be written. Group, form, brand, type and priority are (I): only reading them is documented.
const ticketFields: Record<string, Shape> = {
  comment,
  voice_comment: voiceComment,
  via_id: viaId,
  subject: text,
  requester_id: id,
  assignee_id: orNull(id),
  group_id: orNull(id),
  status: oneOf('new', 'open', 'pending', 'hold', 'solved', 'closed'),
  custom_status_id: id,
  custom_fields: list(fields({ id, value: either(scalar, list(text)) }, ['id', 'value'])),
  tags: list(text),
  external_id: orNull(text),
  priority,
  type: orNull(oneOf('problem', 'incident', 'question', 'task')),
  ticket_form_id: id,
  brand_id: id,
  metadata: keyed(scalar),
};
// (D) safe_update and its stamp.
const updateFields = { ...ticketFields, safe_update: flag, updated_stamp: time };
const manyFields = { ...updateFields, additional_tags: list(text), remove_tags: list(text) };

export const ticketToCreate = fields(
  { ticket: fields({ ...ticketFields, description: text, via_followup_source_id: id }) },
  ['ticket'],
);
export const ticketToUpdate = fields({ ticket: fields(updateFields) }, ['ticket']);
const bulk = fields({ ticket: fields(manyFields) }, ['ticket']);
const batch = fields({ tickets: list(fields({ ...manyFields, id }, ['id'])) }, ['tickets']);
export const ticketsToUpdate: Shape = (value, at) =>
  Object.hasOwn((value ?? {}) as object, 'tickets') ? batch(value, at) : bulk(value, at);
// (D)
export const voiceTicket = fields(
  {
    display_to_agent: id,
    ticket: fields(
      {
        via_id: viaId,
        subject: text,
        comment,
        requester_id: id,
        assignee_id: id,
        priority,
        voice_comment: voiceComment,
      },
      ['via_id'],
    ),
  },
  ['ticket'],
);
// (D)
export const merge = fields(
  {
    ids: list(id),
    target_comment: text,
    source_comment: text,
    target_comment_is_public: flag,
    source_comment_is_public: flag,
  },
  ['ids'],
);

// (V) name, phone, role, skip_verify_email; (D) external_id, email, notes, user_fields.
export const user = fields(
  {
    user: fields({
      name: text,
      phone: orNull(text),
      email: orNull(text),
      role: oneOf('end-user', 'agent', 'admin'),
      skip_verify_email: flag,
      external_id: orNull(text),
      notes: orNull(text),
      user_fields: keyed(either(scalar, list(text))),
    }),
  },
  ['user'],
);
// (D)
export const identity = fields(
  {
    identity: fields(
      {
        type: oneOf(
          ...['email', 'twitter', 'facebook', 'google', 'agent_forwarding'],
          ...['phone_number', 'any_channel', 'foreign', 'sdk'],
        ),
        value: text,
        verified: flag,
      },
      ['type', 'value'],
    ),
  },
  ['identity'],
);

const fieldType = oneOf(
  ...['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'partialcreditcard'],
  ...['multiselect', 'tagger', 'lookup'],
);
const options = list(fields({ name: text, value: text }, ['name', 'value']));
// (V)
export const ticketField = fields(
  {
    ticket_field: fields(
      { type: fieldType, title: text, description: text, tag: text, custom_field_options: options },
      ['type', 'title'],
    ),
  },
  ['ticket_field'],
);
// (D)
export const userField = fields(
  {
    user_field: fields(
      { type: fieldType, key: text, title: text, description: text, tag: text, custom_field_options: options },
      ['type', 'key', 'title'],
    ),
  },
  ['user_field'],
);
// (I)
export const installation = fields({ settings: keyed(scalar) }, ['settings']);
