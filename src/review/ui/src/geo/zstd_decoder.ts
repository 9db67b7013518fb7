// ZSTD blocks of plotwatch's COGs, decoded in JavaScript: the usual decoder is WebAssembly, which the page's content
// security policy does not allow.
import { addDecoder, BaseDecoder } from 'geotiff';
import { decompress } from 'fzstd';

class ZstdDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBuffer {
    const bytes = decompress(new Uint8Array(buffer));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  }
}

addDecoder(50_000, () => Promise.resolve(ZstdDecoder as never));
