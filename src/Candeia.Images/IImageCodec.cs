namespace Candeia.Images;

/// <summary>Reads and writes one file format; implementations keep no state between calls and are called from many threads at once.</summary>
public interface IImageCodec
{
    /// <summary>What people call the format, such as <c>PNG</c>; a registered codec replaces the one of the same name.</summary>
    string Name { get; }

    /// <summary>Lower-case file name endings with their dot; the first one is the usual one.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether the first bytes are this format's signature.</summary>
    bool Recognizes(ReadOnlySpan<byte> file);

    /// <summary>Size and samples of the image that <see cref="Decode"/> will give, checked against the bytes that are there.</summary>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    ImageInfo Identify(ReadOnlySpan<byte> file);

    /// <summary>Writes every pixel byte, row by row; 16-bit samples in the machine's byte order.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="pixels">Exactly as many bytes as <see cref="Identify"/> says.</param>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    void Decode(ReadOnlySpan<byte> file, Span<byte> pixels);

    /// <summary>Writes the pixel bytes of a window, as they are in the whole image; a codec that need not compute what lies around does not.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="top">The first row.</param>
    /// <param name="left">The first column.</param>
    /// <param name="height">Rows of the window, which lies within the image.</param>
    /// <param name="width">Columns of the window.</param>
    /// <param name="pixels">Exactly as many bytes as an image of the window's size has.</param>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    void DecodeWindow(ReadOnlySpan<byte> file, int top, int left, int height, int width, Span<byte> pixels) => WholeWindow.Decode(this, file, top, left, height, width, pixels);

    /// <summary>The whole file for an image.</summary>
    /// <exception cref="NotSupportedException">The format has no room for such samples.</exception>
    byte[] Encode(Image image);
}
