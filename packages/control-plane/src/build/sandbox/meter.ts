/** What a command's processes used together, as far as it is known. */
export interface Usage {
  /** Most memory at one time, in bytes. */
  readonly peakBytes?: number;
  /** Processes that were killed because all together had more memory than they may. */
  readonly killed: number;
  /** Times that a process was refused because there were too many. */
  readonly refused: number;
}

/** Keeps the limits of one command and measures what it uses. */
export interface Meter {
  /** Asked before the command's last process is forgotten. */
  usage(): Promise<Usage>;
  /** Nothing is measured any more. */
  stop(): Promise<void>;
}
