namespace Candeia;

/// <summary>One file in a zip archive, as its directory and its own header both say.</summary>
/// <param name="Name">Its name, with folders.</param>
/// <param name="Method">How it is compressed: 0 not at all, 8 by deflate.</param>
/// <param name="Crc">The check of its bytes.</param>
/// <param name="Packed">How many bytes it has in the archive.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Header">Where its own header begins.</param>
/// <param name="Start">Where its bytes begin in the archive.</param>
internal sealed record ZipEntry(string Name, int Method, uint Crc, long Packed, long Length, long Header, long Start)
{
    public const int Stored = 0, Deflated = 8;
}
