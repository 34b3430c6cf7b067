/**
 * One other browser in the talk. Of two, one leads and makes every offer, the other asks for it: two offers that cross
 * would make one of them roll back, after which Chromium may never look for a way to the other.
 */
export class Peer {
  holds = false;
  flowing = false;
  heardOnce = false;
  private readonly link: RTCPeerConnection;
  private readonly voice = new Audio();
  private offeredAt = 0;
  private packets = 0;
  private lostSince = 0;

  constructor(
    readonly who: string,
    iceServers: RTCIceServer[],
    mic: MediaStream,
    private readonly leads: boolean,
    private readonly tell: (kind: string, data: unknown) => void,
  ) {
    this.link = new RTCPeerConnection({ iceServers });
    this.link.addTrack(mic.getAudioTracks()[0]!, mic);
    this.voice.autoplay = true;
    this.link.ontrack = ({ streams }) => { this.voice.srcObject = streams[0]!; void this.voice.play().catch(() => undefined); };
    this.link.onicecandidate = ({ candidate }) => { if (candidate) this.tell('ice', candidate); };
    this.link.onconnectionstatechange = () => {
      if (this.link.connectionState === 'failed' && this.leads) {
        this.link.restartIce();
        this.call();
      }
      this.lostSince = this.link.connectionState === 'connected' ? 0 : this.lostSince || Date.now();
    };
  }

  /** The other came in, or came back on another node: offer anew, but for an offer of just now. */
  call(): void {
    if (this.link.signalingState !== 'stable' && Date.now() - this.offeredAt < 2000) return;
    this.offeredAt = Date.now();
    void this.offer();
  }

  async take(kind: string, data: unknown): Promise<void> {
    if (kind === 'ice') {
      await this.link.addIceCandidate(data as RTCIceCandidateInit);
      return;
    }
    await this.link.setRemoteDescription(data as RTCSessionDescriptionInit);
    if (kind === 'offer') {
      await this.link.setLocalDescription();
      this.tell('answer', this.link.localDescription);
    }
  }

  async speak(mic: MediaStream): Promise<void> {
    await this.link.getSenders().find((s) => s.track?.kind === 'audio' || s.track === null)?.replaceTrack(mic.getAudioTracks()[0]!);
  }

  quiet(on: boolean): void { this.voice.muted = on; }

  /** Sound packets so far; whether they flow now is remembered. */
  async received(): Promise<number> {
    let total = 0;
    (await this.link.getStats()).forEach((s: { type: string; kind?: string; packetsReceived?: number }) => {
      if (s.type === 'inbound-rtp' && s.kind === 'audio') total += s.packetsReceived ?? 0;
    });
    this.flowing = total > this.packets;
    this.heardOnce ||= this.flowing;
    this.packets = total;
    return total;
  }

  /** Lost for so long that it will not come back by itself. */
  get gone(): boolean {
    return this.heardOnce && this.lostSince > 0 && Date.now() - this.lostSince > 20_000;
  }

  close(): void {
    this.link.close();
    this.voice.srcObject = null;
  }

  private async offer(): Promise<void> {
    await this.link.setLocalDescription();
    this.tell('offer', this.link.localDescription);
  }
}
