using System.Runtime.InteropServices;

namespace Candeia.Images.Tests;

public sealed class ImageTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static Image Of(PixelFormat format, params byte[] pixels) => new(new(pixels.Length / (int)format, 1, format), pixels);

    [Fact]
    public void Impossible_images_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Image(0, 1, PixelFormat.Gray));
        Assert.Throws<ArgumentException>(() => new Image(1, -1, PixelFormat.Gray));
        Assert.Throws<ArgumentException>(() => new Image(1, 1, (PixelFormat)5));
        Assert.Throws<ArgumentException>(() => new Image(1, 1, PixelFormat.Gray, 4));
        Assert.Throws<ArgumentException>(() => new Image(100_000, 100_000, PixelFormat.Gray));
        Assert.Throws<ArgumentException>(() => new Image(new(2, 2, PixelFormat.Rgb), new byte[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(2, 2, PixelFormat.Rgb).Row(2));
    }

    [Fact]
    public void Gray_is_weighted_and_white_stays_white()
    {
        for (int v = 0; v < 256; v++) Assert.Equal(v, Of(PixelFormat.Rgb, (byte)v, (byte)v, (byte)v).ToGray().Pixels[0]);
        var random = new Random(3);
        for (int i = 0; i < 1000; i++)
        {
            var (r, g, b) = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            Assert.InRange(Of(PixelFormat.Rgb, r, g, b).ToGray().Pixels[0] - (0.2989 * r + 0.5870 * g + 0.1140 * b), -0.51, 0.54);
        }
        Assert.Equal([9, 8], Of(PixelFormat.GrayAlpha, 9, 1, 8, 2).ToGray().Pixels.ToArray());
        var wide = new Image(1, 1, PixelFormat.Rgba, 16);
        wide.Pixels.Fill(255);
        Assert.Equal([255, 255], wide.ToGray().Pixels.ToArray());
    }

    [Fact]
    public void Conversions_keep_what_they_can()
    {
        Assert.Equal([7, 7, 7, 9, 9, 9], Of(PixelFormat.Gray, 7, 9).ToRgb().Pixels.ToArray());
        Assert.Equal([7, 7, 7], Of(PixelFormat.GrayAlpha, 7, 9).ToRgb().Pixels.ToArray());
        Assert.Equal([1, 2, 3], Of(PixelFormat.Rgba, 1, 2, 3, 4).ToRgb().Pixels.ToArray());
        var wide = new Image(256, 256, PixelFormat.Gray, 16);
        var samples = MemoryMarshal.Cast<byte, ushort>(wide.Pixels);
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)i;
        var narrow = wide.To8Bit();
        for (int i = 0; i < samples.Length; i++) Assert.Equal((byte)Math.Round(i / 257.0), narrow.Pixels[i]);
        Assert.Equal(wide.ToRgb().Row(200)[..2].ToArray(), wide.Row(200)[..2].ToArray());
    }

    [Fact]
    public void A_crop_is_rows_and_columns()
    {
        var image = Pictures.Make(150, 150, PixelFormat.Rgb);
        var crop = image.Crop(..130, 20..150);
        Assert.Equal((130, 130), (crop.Width, crop.Height));
        for (int y = 0; y < 130; y++) Assert.Equal(image.Row(y)[60..].ToArray(), crop.Row(y).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(..151, ..));
        Assert.Throws<ArgumentException>(() => image.Crop(5..5, ..));
    }

    [Fact]
    public void Saving_replaces_and_leaves_nothing_else()
    {
        string path = Path.Combine(_folder, "a.PNG");
        Pictures.Make(3, 3, PixelFormat.Gray).Save(path);
        var image = Pictures.Make(4, 5, PixelFormat.Rgba, 16);
        image.Save(path);
        Assert.Equal(image.Pixels.ToArray(), Image.Load(path).Pixels.ToArray());
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Contains(".png", Assert.Throws<NotSupportedException>(() => image.Save(Path.Combine(_folder, "a.jpg"))).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => image.Save(Path.Combine(path, "a.png")));             // a file is no folder
    }

    [Fact]
    public void What_is_no_image_is_named()
    {
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllText(path, "not an image");
        Assert.Equal($"'{path}': this is no image in a known format ({string.Join(", ", ImageCodecs.All.Select(c => c.Name))}).", Assert.Throws<ImageFormatException>(() => Image.Load(path)).Message);
    }

    [Fact]
    public void Gray_decoding_checks_the_size()
    {
        byte[] file = Pictures.Make(4, 5, PixelFormat.Rgb).Encode();
        Assert.Contains("4×5", Assert.Throws<ImageFormatException>(() => Image.DecodeGray(file, 5, 4, new byte[20])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Image.DecodeGray(file, 4, 5, new byte[21]));
    }

    [Fact]
    public void Gray_decoding_allocates_no_images()
    {
        byte[] file = Pictures.Make(300, 300, PixelFormat.Rgb).Encode();
        var gray = new byte[300 * 300];
        Image.DecodeGray(file, 300, 300, gray);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Image.DecodeGray(file, 300, 300, gray);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    /// <summary>One gray pixel and its signature.</summary>
    sealed class DotCodec(byte value) : IImageCodec
    {
        public string Name => "Dot";
        public IReadOnlyList<string> Extensions => [".dot"];
        public bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith("DOT"u8);
        public ImageInfo Identify(ReadOnlySpan<byte> file) => new(1, 1, PixelFormat.Gray);
        public void Decode(ReadOnlySpan<byte> file, Span<byte> pixels) => pixels[0] = value;
        public byte[] Encode(Image image) => "DOT"u8.ToArray();
    }

    [Fact]
    public void Codecs_can_be_added_and_replaced()
    {
        string path = Path.Combine(_folder, "a.dot");
        ImageCodecs.Register(new DotCodec(1));
        new Image(1, 1, PixelFormat.Gray).Save(path);
        Assert.Equal(1, Image.Load(path).Pixels[0]);
        ImageCodecs.Register(new DotCodec(2));
        Assert.Equal(2, Image.Load(path).Pixels[0]);
        Assert.Single(ImageCodecs.All, codec => codec.Name == "Dot");
    }
}
