import { crc32 } from "node:zlib";

const largestBlock = 65_535;

/**
 * A gzip file that holds the bytes as they are. Compressed bytes differ between versions of zlib, and so between
 * versions of Node; these never do, so a lockfile's integrity holds on every machine.
 */
export function storedGzip(content: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([header, ...storedBlocks(content), trailer]);
}

/** RFC 1951, 3.2.4: blocks without compression. */
function* storedBlocks(content: Buffer): Generator<Buffer> {
  for (let start = 0; start === 0 || start < content.length; start += largestBlock) {
    const block = content.subarray(start, start + largestBlock);
    const head = Buffer.alloc(5);
    head.writeUInt8(start + largestBlock >= content.length ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(~block.length & 0xff_ff, 3);
    yield Buffer.concat([head, block]);
  }
}
