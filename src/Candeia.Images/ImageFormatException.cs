namespace Candeia.Images;

/// <summary>Bytes that should be an image and are not; the message is one sentence that names the place.</summary>
public sealed class ImageFormatException : FormatException
{
    /// <summary>A fault that has no single place in the file.</summary>
    public ImageFormatException(string message) : this(message, null, null) { }

    /// <summary>A fault in the named part of the file, such as a PNG chunk, at a byte offset from its start.</summary>
    public ImageFormatException(string fault, string? part, long? offset) : this(fault, part, offset, null, null) { }

    ImageFormatException(string fault, string? part, long? offset, string? file, Exception? inner) : base(Compose(fault, part, offset, file), inner)
    {
        Fault = fault;
        Part = part;
        Offset = offset;
        File = file;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Fault { get; }

    /// <summary>The part of the file at fault, such as the chunk <c>IDAT</c>.</summary>
    public string? Part { get; }

    /// <summary>Bytes from the start of the file to that part.</summary>
    public long? Offset { get; }

    /// <summary>The file, where the image was loaded from one.</summary>
    public string? File { get; }

    internal ImageFormatException In(string file) => new(Fault, Part, Offset, file, this);

    static string Compose(string fault, string? part, long? offset, string? file)
    {
        string place = (part, offset) switch
        {
            (null, null) => "",
            (null, _) => $" (at byte {offset})",
            (_, null) => $" (in {part})",
            _ => $" (in {part} at byte {offset})",
        };
        return $"{(file is null ? "" : $"'{file}': ")}{fault}{place}.";
    }
}
