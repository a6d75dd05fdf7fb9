namespace Candeia.Training;

/// <summary>A picture, encoded as PNG, JPEG or GIF.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 for grey, 2 with opacity, 3 for colours, 4 with opacity.</param>
/// <param name="Encoded">The file.</param>
public sealed record ImageSummary(string Tag, int Width, int Height, int Channels, ReadOnlyMemory<byte> Encoded) : SummaryValue(Tag)
{
    internal const int Field = 4;

    /// <summary>A PNG file, whose header tells its size.</summary>
    /// <exception cref="ArgumentException">The bytes are no PNG file.</exception>
    public static ImageSummary OfPng(string tag, ReadOnlyMemory<byte> png)
    {
        if (png.Length < 33 || !png.Span.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]))
            throw new ArgumentException("The bytes are no PNG file.", nameof(png));
        int Number(int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.Span[at..]);
        return new(tag, Number(16), Number(20), png.Span[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 }, png);
    }

    internal override void Write(ProtoWriter value) => value.Message(Field, image =>
    {
        image.Integer(1, Height);
        image.Integer(2, Width);
        image.Integer(3, Channels);
        image.Bytes(4, Encoded.Span);
    });

    internal static ImageSummary OfMessage(ReadOnlySpan<byte> message)
    {
        int height = 0, width = 0, channels = 0;
        byte[] encoded = [];
        var fields = new ProtoReader(message);
        while (fields.Next())
        {
            if (fields.Field == 1) height = (int)fields.Integer();
            else if (fields.Field == 2) width = (int)fields.Integer();
            else if (fields.Field == 3) channels = (int)fields.Integer();
            else if (fields.Field == 4) encoded = fields.Bytes().ToArray();
        }
        return new("", width, height, channels, encoded);
    }
}
