using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Images.Tests;

/// <summary>
/// Files damaged in thousands of ways: each is read or refused by the one exception, and what is read can be written and read again.
/// </summary>
public class PngFuzzTests
{
    static readonly (int Color, int Depth)[] s_kinds = [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16)];
    static readonly string[] s_types = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "zzZz", "ZZZZ", "acTL", "fdAT"];

    static readonly byte[][] s_valid =
    [
        .. from format in Pictures.Formats
           from bits in (int[])[8, 16]
           select Pictures.Make(9, 7, format, bits).Encode(),
        new PngBuilder().Header(5, 3, 2, 3, interlace: 1).Chunk("PLTE", 1, 2, 3, 4, 5, 6).Chunk("tRNS", 7).Data(0, 1, 0, 2, 1, 1, 1, 0, 3, 0, 4, 9, 9).End(),
    ];

    static void Check(byte[] file)
    {
        Image image;
        try
        {
            image = Image.Decode(file);
        }
        catch (ImageFormatException fault)
        {
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(Image.Identify(file), image.Info);
        Assert.Equal(image.Pixels.ToArray(), Image.Decode(image.Encode()).Pixels.ToArray());
    }

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
        }).Try(5000);
    }

    /// <summary>
    /// Wrong headers, chunks in wrong places and random rows, under checks that are right: these reach every corner of the decoder.
    /// </summary>
    [Fact]
    public void Any_chunks_with_right_checks_are_read_or_refused()
    {
        var bytes = Gen.Choose(0, 255).Select(value => (byte)value);
        var header = Gen.Elements(s_kinds).Zip(Gen.Choose(1, 20)).Zip(Gen.Choose(1, 20)).Zip(Gen.Choose(0, 1));
        var chunk = Gen.Elements(s_types).Zip(Gen.Choose(0, 9).SelectMany(count => bytes.ArrayOf(count)));
        var chunks = Gen.Choose(0, 2).SelectMany(count => chunk.ListOf(count));
        var rows = Gen.Choose(0, 700).Zip(Gen.Choose(0, 1 << 20));
        Prop.ForAll(header.Zip(chunks).Zip(rows).Zip(chunks).ToArbitrary(), file =>
        {
            var ((((((color, depth), width), height), interlace), before), (count, seed)) = file.Item1;
            var raw = new byte[count];
            var random = new Random(seed);
            for (int i = 0; i < count; i++) raw[i] = (byte)random.Next(random.Next(4) == 0 ? 256 : 5);
            var builder = new PngBuilder().Header(width, height, depth, color, interlace);
            foreach (var (type, data) in before) builder.Chunk(type, data);
            builder.Data(raw);
            foreach (var (type, data) in file.Item2) builder.Chunk(type, data);
            Check(builder.End());
        }).Try(5000);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        foreach (byte[] file in s_valid)
            for (int length = 0; length < file.Length; length++) Assert.Throws<ImageFormatException>(() => Image.Decode(file.AsSpan(0, length)));
    }

    [Fact]
    public void A_huge_declared_size_costs_neither_memory_nor_time()
    {
        byte[] bomb = new PngBuilder().Header(20_000, 20_000, 16, 6).Data(new byte[1 << 22]).End();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => Image.Decode(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }
}
