namespace Candeia.Images;

/// <summary>The formats of photographs: JPEG, WebP, GIF and BMP.</summary>
/// <remarks>
/// Programs that use the package <c>Candeia</c> or <c>Candeia.Images.Skia</c> know them from their start on. Others, such as programs that refer to the
/// project itself or are not written in C#, call <see cref="Register"/> once.
/// </remarks>
public static class SkiaCodecs
{
    /// <summary>Makes <see cref="Image"/> know the formats; further calls change nothing.</summary>
    /// <example><code>
    /// SkiaCodecs.Register();
    /// Console.WriteLine(string.Join(' ', ImageCodecs.All.Select(codec => codec.Name).Order()));      // → BMP GIF JPEG Netpbm PNG TIFF WebP
    /// </code></example>
    public static void Register()
    {
        ImageCodecs.Register(new BmpCodec());
        ImageCodecs.Register(new GifCodec());
        ImageCodecs.Register(new WebPCodec());
        ImageCodecs.Register(new JpegCodec());
    }
}
