using System.Collections.Immutable;

namespace Candeia.Images;

/// <summary>The formats that <see cref="Image"/> reads and writes.</summary>
public static class ImageCodecs
{
    static ImmutableArray<IImageCodec> s_all = [new PngCodec(), new NetpbmCodec(), new TiffCodec()];

    /// <summary>All codecs, the one asked first in front.</summary>
    public static IReadOnlyList<IImageCodec> All => s_all;

    /// <summary>Puts a codec in front of the others, in place of the one with the same name.</summary>
    public static void Register(IImageCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ImmutableInterlocked.Update(ref s_all, static (codecs, added) => [added, .. codecs.Where(known => known.Name != added.Name)], codec);
    }

    internal static IImageCodec For(ReadOnlySpan<byte> file)
    {
        foreach (var codec in s_all) if (codec.Recognizes(file)) return codec;
        throw new ImageFormatException(file.IsEmpty ? "the file is empty" : $"this is no image in a known format ({Names})");
    }

    internal static IImageCodec ForName(string path)
    {
        string extension = Path.GetExtension(path);
        foreach (var codec in s_all) if (codec.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)) return codec;
        string known = string.Join(", ", s_all.SelectMany(codec => codec.Extensions));
        throw new NotSupportedException($"'{path}': images are not written as '{extension}', but as {known}.");
    }

    static string Names => string.Join(", ", s_all.Select(codec => codec.Name));
}
