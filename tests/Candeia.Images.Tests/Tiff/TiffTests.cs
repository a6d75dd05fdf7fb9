using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Images.Tests;

/// <summary>TIFF files; those that Pillow writes are compared in Candeia.Images.Skia.Tests.</summary>
public class TiffTests
{
    [Fact]
    public void Pixels_survive()
    {
        foreach (var format in Pictures.Formats)
            foreach (int bits in (int[])[8, 16])
            {
                var image = Pictures.Make(31, 17, format, bits);
                var back = Image.Decode(image.Encode(new TiffCodec()));
                Assert.Equal(image.Info, back.Info);
                Assert.Equal(image.Pixels.ToArray(), back.Pixels.ToArray());
            }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Tiles_are_put_in_their_places(bool little)
    {
        // 3 × 3 pixels in tiles of 2 × 2: what lies beyond the picture counts for nothing.
        byte[] file = new TiffBuilder(little).Picture(3, 3).Tiles(2, 2).Chunk(1, 2, 4, 5).Chunk(3, 99, 6, 99).Chunk(7, 8, 99, 99).Chunk(9, 99, 99, 99).End();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], Image.Decode(file).Pixels.ToArray());
        Assert.Equal([5, 6, 8, 9], Image.Decode(file, 1..3, 1..3).Pixels.ToArray());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Planes_become_pixels(bool little)
    {
        byte[] planes = new TiffBuilder(little).Picture(2, 2, samples: 3, colours: 2).Shorts(284, 2).Longs(278, 1).Chunk(1, 2).Chunk(3, 4).Chunk(11, 12).Chunk(13, 14).Chunk(21, 22).Chunk(23, 24).End();
        Assert.Equal([1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24], Image.Decode(planes).Pixels.ToArray());
        Assert.Equal([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24], TiffCodec.Bands(planes).ToArray<byte>());
    }

    [Fact]
    public void Wide_samples_are_in_the_order_of_the_machine()
    {
        Assert.Equal([0x0102, 0x0304], MemoryMarshal.Cast<byte, ushort>(Image.Decode(new TiffBuilder(little: false).Picture(2, 1, bits: 16).Chunk(1, 2, 3, 4).End()).Pixels).ToArray());
        Assert.Equal([0x0201, 0x0403], MemoryMarshal.Cast<byte, ushort>(Image.Decode(new TiffBuilder().Picture(2, 1, bits: 16).Chunk(1, 2, 3, 4).End()).Pixels).ToArray());
    }

    [Fact]
    public void Few_bits_are_spread_and_white_may_be_zero()
    {
        Assert.Equal([255, 0, 255, 255, 0, 0, 0, 0, 255], Image.Decode(new TiffBuilder().Picture(9, 1, bits: 1).Chunk(0b1011_0000, 0b1000_0000).End()).Pixels.ToArray());
        Assert.Equal([255, 170, 85, 0], Image.Decode(new TiffBuilder().Picture(4, 1, bits: 2, colours: 0).Chunk(0b00_01_10_11).End()).Pixels.ToArray());
        Assert.Equal([17, 238], Image.Decode(new TiffBuilder().Picture(2, 1, bits: 4).Chunk(0x1E).End()).Pixels.ToArray());
    }

    [Fact]
    public void Colours_that_were_multiplied_by_their_opacity_are_divided_by_it() => Assert.Equal(
        [199, 100, 50, 128, 0, 0, 0, 0], Image.Decode(new TiffBuilder().Picture(2, 1, samples: 4, colours: 2).Shorts(338, 1).Chunk(100, 50, 25, 128, 9, 9, 9, 0).End()).Pixels.ToArray());

    [Fact]
    public void Satellites_have_more_bands_than_eyes()
    {
        byte[] samples = [.. Enumerable.Range(0, 13 * 4).SelectMany(i => BitConverter.GetBytes((ushort)(1000 * i)))];
        byte[] file = new TiffBuilder().Picture(2, 2, samples: 13, bits: 16).Chunk(samples).End();
        Assert.Contains("Bands", Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Message, StringComparison.Ordinal);
        var bands = TiffCodec.Bands(file);
        Assert.Equal([13, 2, 2], bands.Shape);
        Assert.Equal((DType.Float32, 14000f, 27000f), (bands.DType, (float)bands[1, 0, 1], (float)bands[1, 1, 0]));

        byte[] floats = new TiffBuilder().Picture(2, 1, bits: 32).Shorts(339, 3).Chunk([.. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]).End();
        Assert.Equal([1.5f, -2f], TiffCodec.Bands(floats).ToArray<float>());
        byte[] signed = new TiffBuilder().Picture(2, 1, bits: 16).Shorts(339, 2).Chunk(0xFF, 0xFF, 1, 0).End();
        Assert.Equal([-1f, 1f], TiffCodec.Bands(signed).ToArray<float>());
    }

    [Fact]
    public void What_is_not_read_is_said()
    {
        void Refused(string says, byte[] file) => Assert.Contains(says, Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Message, StringComparison.Ordinal);
        Refused("compression 7", new TiffBuilder().Picture(1, 1, compression: 7).Chunk(1).End());
        Refused("colours 6", new TiffBuilder().Picture(1, 1, samples: 3, colours: 6).Chunk(1, 2, 3).End());
        Refused("palette", new TiffBuilder().Picture(1, 1, colours: 3).Shorts(320, 1, 2, 3).Chunk(1).End());
        Refused("no width", new TiffBuilder().Picture(0, 1).Chunk(1).End());
        Refused("cannot be", new TiffBuilder().Picture(20000, 20000).Chunk(1).End());
        Refused("damaged", new TiffBuilder().Picture(4, 1, compression: 5).Chunk(0xFF, 0xFF, 0xFF, 0xFF, 0xFF).End());
        Refused("places of 1", new TiffBuilder().Picture(1, 2).Longs(278, 1).Chunk(1).End());
    }

    static readonly byte[][] s_valid =
    [
        Pictures.Make(9, 7, PixelFormat.Rgb).Encode(new TiffCodec()), Pictures.Make(9, 7, PixelFormat.GrayAlpha, 16).Encode(new TiffCodec()),
        new TiffBuilder().Picture(3, 3, compression: 5).Tiles(2, 2).Chunk(0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01).Chunk(0x80, 0).Chunk(0x80, 1).Chunk(0x80, 2).End(),
        new TiffBuilder(little: false).Picture(3, 2, samples: 3, colours: 2, compression: 32773).Shorts(284, 2).Chunk(251, 7).Chunk(5, 1, 2, 3, 4, 5, 6).Chunk(251, 9).End(),
        new TiffBuilder().Picture(5, 2, bits: 4, colours: 3).Shorts(320, [.. Enumerable.Range(0, 48).Select(i => (uint)i << 8)]).Shorts(274, 6).Chunk(1, 2, 3, 4, 5, 6).End(),
    ];

    [Fact]
    public void Damaged_bytes_are_read_or_refused()
    {
        var damage = Gen.Choose(0, 100_000).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, 2)).ListOf(3);
        Prop.ForAll(Gen.Elements(s_valid).Zip(damage).ToArbitrary(), damaged =>
        {
            List<byte> file = [.. damaged.Item1];
            foreach (var ((place, value), kind) in damaged.Item2)
            {
                int at = place % file.Count;
                if (kind == 0) file[at] = (byte)value;
                else if (kind == 1) file.Insert(at, (byte)value);
                else file.RemoveAt(at);
            }
            Check([.. file]);
        }).Try(20_000);
        foreach (byte[] file in s_valid) for (int length = 0; length < file.Length; length++) Check(file[..length]);
    }

    static void Check(byte[] file)
    {
        try
        {
            var image = Image.Decode(file);
            Assert.Equal(Image.Identify(file), image.Info);
        }
        catch (ImageFormatException fault)
        {
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
        }
        try
        {
            if (new TiffCodec().Recognizes(file)) TiffCodec.Bands(file);
        }
        catch (ImageFormatException) { }
    }

    [Fact]
    public void A_huge_declared_size_costs_neither_memory_nor_time()
    {
        byte[] bomb = new TiffBuilder().Picture(40_000, 40_000, compression: 8).Longs(278, 40_000).Chunk(new byte[1000]).End();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => Image.Decode(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }
}
