using System.IO.Compression;
using Candeia.Images;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Datasets.Tests;

public class ScatterplotPngTests
{
    [Fact]
    public void Any_png_reader_gets_the_pixels()
    {
        var random = new Generator(1);
        var items = new CorrelationGenerator(1);
        var decoded = new byte[150 * 150];
        for (int i = 0; i < 50; i++)
        {
            byte[] pixels = Scatterplot.Draw(items.Scatter(i).X, items.Scatter(i).Y);
            if (i % 5 == 4) random.FillBernoulli(pixels, i / 50.0); // noise too
            for (int p = 0; p < pixels.Length; p++) pixels[p] = pixels[p] > 0 ? Scatterplot.White : Scatterplot.Black;
            byte[] file = ScatterplotPng.Encode(pixels);
            Image.DecodeGray(file, 150, 150, decoded);
            Assert.Equal(pixels, decoded);
            Assert.Equal(new ImageInfo(150, 150, PixelFormat.Rgb, 8), Image.Identify(file));
        }
    }

    [Fact]
    public void Zlib_unpacks_all_that_is_packed()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Choose(2, 700).ToArbitrary(), Gen.Choose(1, 900).ToArbitrary(), (bytes, rowBytes, repeat) =>
        {
            byte[] data = [.. Enumerable.Repeat(bytes, repeat).SelectMany(b => b).Take(100_000)];
            var packed = new byte[RowDeflate.Most(data.Length)];
            int length = RowDeflate.Pack(data, rowBytes, packed);
            using var zlib = new ZLibStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress);
            var unpacked = new MemoryStream();
            zlib.CopyTo(unpacked);
            return unpacked.ToArray().AsSpan().SequenceEqual(data);
        }).Try();
    }
}
