using System.Buffers.Binary;

namespace Candeia.Images;

/// <summary>
/// The parts of a JPEG file. A progressive picture that ends early looks complete to a decoder, only blurred; whether it is, its last marker tells.
/// </summary>
internal static class JpegMarkers
{
    const byte EndOfImage = 0xD9;

    /// <summary>Whether the picture that begins the file comes to its end; what follows, such as a film, does not count.</summary>
    public static bool ReachEnd(ReadOnlySpan<byte> file)
    {
        for (int at = 2; ;)
        {
            int found = file[at..].IndexOf((byte)0xFF);
            if (found < 0 || at + found + 1 >= file.Length) return false;
            at += found + 1;
            switch (file[at])
            {
                case EndOfImage: return true;
                case 0xFF: break;                                            // a filling byte: the marker follows
                case 0 or (>= 0xD0 and <= 0xD8): at++; break;                // pixels that look like one, and markers without a length
                default:
                    if (at + 3 > file.Length) return false;
                    at += 1 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 1)..]);
                    if (at > file.Length) return false;
                    break;
            }
        }
    }
}
