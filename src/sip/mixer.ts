interface Party {
  source: MediaStreamAudioSourceNode;
  out?: MediaStreamAudioDestinationNode;
}

/** Mixes the audio of the agent and of all other parties, for conferences and for the recording. */
export class Mixer {
  #context = new AudioContext();
  #microphone = this.#context.createGain();
  /** The agent's voice in the recording. */
  #recordedVoice = this.#context.createGain();
  #source: MediaStreamAudioSourceNode | undefined;
  #everybody = this.#context.createMediaStreamDestination();
  #parties = new Map<string, Party>();

  constructor() {
    this.#microphone.connect(this.#recordedVoice);
    this.#recordedVoice.connect(this.#everybody);
    void this.#context.resume();
  }

  /** The agent and all parties in one stream, for the recording. */
  get everybody(): MediaStream {
    return this.#everybody.stream;
  }

  setMicrophone(stream: MediaStream): void {
    this.#source?.disconnect();
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(this.#microphone);
  }

  set muted(muted: boolean) {
    this.#microphone.gain.value = muted ? 0 : 1;
  }

  /** While the customer is on hold, the agent's voice is not recorded. */
  set isCustomerHeld(isCustomerHeld: boolean) {
    this.#recordedVoice.gain.value = isCustomerHeld ? 0 : 1;
  }

  join(id: string, remote: MediaStream): void {
    this.leave(id);
    if (!remote.getAudioTracks().length) return;
    const source = this.#context.createMediaStreamSource(remote);
    source.connect(this.#everybody);
    const joined: Party = { source };
    for (const party of this.#parties.values()) if (party.out) source.connect(party.out);
    this.#parties.set(id, joined);
  }

  /** The mix that one party hears: the agent and all other parties. */
  outTo(id: string): MediaStreamTrack | undefined {
    const own = this.#parties.get(id);
    if (!own) return undefined;
    if (!own.out) {
      own.out = this.#context.createMediaStreamDestination();
      this.#microphone.connect(own.out);
      for (const [other, { source }] of this.#parties) if (other !== id) source.connect(own.out);
    }
    return own.out.stream.getAudioTracks()[0];
  }

  leave(id: string): void {
    const party = this.#parties.get(id);
    if (!party) return;
    this.#parties.delete(id);
    party.source.disconnect();
    if (party.out) this.#microphone.disconnect(party.out);
  }

  close(): void {
    void this.#context.close();
  }
}
