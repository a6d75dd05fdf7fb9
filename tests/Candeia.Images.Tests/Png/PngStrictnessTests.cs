namespace Candeia.Images.Tests;

/// <summary>What is refused and what is passed over, as the codec's documentation says.</summary>
public class PngStrictnessTests
{
    static PngBuilder TwoByTwo => new PngBuilder().Header(2, 2, 8, 0);
    static readonly byte[] s_rows = [0, 10, 20, 0, 30, 40];
    static readonly byte[] s_pixels = [10, 20, 30, 40];

    static void Reads(byte[] file) => Assert.Equal(s_pixels, Image.Decode(file).Pixels.ToArray());

    static ImageFormatException Refuses(byte[] file, string about)
    {
        var fault = Assert.Throws<ImageFormatException>(() => Image.Decode(file));
        Assert.Contains(about, fault.Message, StringComparison.Ordinal);
        return fault;
    }

    [Fact] public void A_plain_file_is_read() => Reads(TwoByTwo.Data(s_rows).End());

    [Fact]
    public void Data_may_be_split_anywhere_and_parts_may_be_empty()
    {
        byte[] zlib = PngBuilder.Zlib(s_rows);
        var builder = TwoByTwo.Chunk("IDAT");
        foreach (byte part in zlib) builder.Chunk("IDAT", part).Chunk("IDAT");
        Reads(builder.End());
    }

    [Fact]
    public void Ancillary_chunks_are_not_needed()
    {
        Reads(TwoByTwo.Chunk("gAMA", 1, 2).Chunk("zzZz", 3).Chunk("tEXt", [4], rightCrc: false).Data(s_rows).Chunk("tIME", 5).End());
        Reads(TwoByTwo.Chunk("tRNS", [0, 10], rightCrc: false).Data(s_rows).End());
        Reads(TwoByTwo.Chunk("tRNS", 1, 2, 3).Data(s_rows).Chunk("tRNS", 0, 10).End());
        Reads([.. TwoByTwo.Data(s_rows).End(), 1, 2, 3]);
        Reads(TwoByTwo.Chunk("PLTE", 1, 2, 3).Data(s_rows).End());
        Reads(TwoByTwo.Chunk("acTL", 1).Chunk("fcTL", 2).Data(s_rows).Chunk("fdAT", 3).End());
    }

    [Fact] public void Data_after_the_last_row_is_passed_over() => Reads(TwoByTwo.Data([.. s_rows, 1, 2, 3]).End());

    [Fact] public void Bytes_after_the_stream_are_passed_over() => Reads(TwoByTwo.Chunk("IDAT", [.. PngBuilder.Zlib(s_rows), 9, 9]).End());

    [Fact]
    public void Damaged_critical_chunks_are_refused_with_their_place()
    {
        var fault = Refuses(TwoByTwo.Chunk("IDAT", PngBuilder.Zlib(s_rows), rightCrc: false).End(), "CRC");
        Assert.Equal(("IDAT", 33L), (fault.Part, fault.Offset));
        Refuses(TwoByTwo.Data(s_rows).Chunk("IEND", [], rightCrc: false).CutOff(), "CRC");
        Refuses(TwoByTwo.Chunk("ABCD", 1).Data(s_rows).End(), "unknown");
        Refuses(TwoByTwo.Data(s_rows).Chunk("ABCD", 1).End(), "does not belong");
        Refuses(TwoByTwo.Header(2, 2, 8, 0).Data(s_rows).End(), "unknown");
        Refuses(new PngBuilder().Data(s_rows).End(), "begins with an IHDR");
        Refuses(TwoByTwo.End(), "without pixel data");
        Refuses(TwoByTwo.Data(s_rows).CutOff(), "cut off");
        Refuses(TwoByTwo.Data(s_rows).End()[..^1], "cut off");
        Refuses(TwoByTwo.Data(s_rows).Chunk("t1ME").End(), "four letters");
        Refuses([0x89, (byte)'P', (byte)'N', (byte)'G', 10, 26, 10], "text mode");
        Refuses([], "empty");
        Refuses("GIF89a"u8.ToArray(), "known format");
    }

    [Fact]
    public void Damaged_data_is_refused()
    {
        byte[] zlib = PngBuilder.Zlib(s_rows);
        byte[] wrongSum = [.. zlib[..^1], (byte)(zlib[^1] ^ 1)];
        Refuses(TwoByTwo.Chunk("IDAT", wrongSum).End(), "damaged");
        Refuses(TwoByTwo.Chunk("IDAT", zlib[..^5]).End(), "IDAT");
        Refuses(TwoByTwo.Chunk("IDAT").End(), "ends after 0 of 6");
        Refuses(TwoByTwo.Chunk("IDAT", 1, 2, 3).End(), "damaged");
        Refuses(TwoByTwo.Data(s_rows[..^1]).End(), "ends after 5 of 6");
        Refuses(TwoByTwo.Data(0, 1, 2, 5, 3, 4).End(), "filter 5");
    }

    [Fact]
    public void A_stream_without_its_checksum_is_refused()
    {
        byte[] zlib = PngBuilder.Zlib(s_rows);
        for (int missing = 1; missing <= 4; missing++) Refuses(TwoByTwo.Chunk("IDAT", zlib[..^missing]).End(), "IDAT");
    }

    [Theory]
    [InlineData(0, 2, 8, 0)]
    [InlineData(2, -1, 8, 0)]
    [InlineData(2, 2, 3, 0)]
    [InlineData(2, 2, 16, 3)]
    [InlineData(2, 2, 4, 2)]
    [InlineData(2, 2, 8, 5)]
    [InlineData(2, 2, 8, 0, 2)]
    [InlineData(int.MaxValue, int.MaxValue, 16, 6)]
    [InlineData(50_000, 50_000, 8, 0, 1)]
    public void Impossible_headers_are_refused_before_memory_is_taken(int width, int height, int depth, int color, int interlace = 0)
    {
        byte[] file = new PngBuilder().Header(width, height, depth, color, interlace).Data(s_rows).End();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("IHDR", Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Part);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Palettes_are_needed_and_checked()
    {
        static PngBuilder Indexed() => new PngBuilder().Header(2, 1, 8, 3);
        Refuses(Indexed().Data(0, 0, 1).End(), "palette");
        Refuses(Indexed().Chunk("PLTE", 1, 2).Data(0, 0, 1).End(), "palette");
        Refuses(Indexed().Chunk("PLTE", 1, 2, 3).Chunk("PLTE", 1, 2, 3).Data(0, 0, 1).End(), "second palette");
        Refuses(Indexed().Chunk("PLTE", new byte[257 * 3]).Data(0, 0, 1).End(), "palette");
        Assert.Equal([4, 5, 6, 0, 0, 0], Image.Decode(Indexed().Chunk("PLTE", 1, 2, 3, 4, 5, 6).Data(0, 1, 7).End()).Pixels.ToArray());
        Assert.Equal([4, 5, 6, 255, 1, 2, 3, 9], Image.Decode(Indexed().Chunk("PLTE", 1, 2, 3, 4, 5, 6).Chunk("tRNS", 9).Data(0, 1, 0).End()).Pixels.ToArray());
        Assert.Equal([4, 5, 6, 1, 2, 3], Image.Decode(Indexed().Chunk("tRNS", 9).Chunk("PLTE", 1, 2, 3, 4, 5, 6).Data(0, 1, 0).End()).Pixels.ToArray());
    }

    [Fact]
    public void The_transparent_colour_becomes_opacity()
    {
        Assert.Equal([10, 0, 20, 255], Image.Decode(new PngBuilder().Header(2, 1, 8, 0).Chunk("tRNS", 0, 10).Data(0, 10, 20).End()).Pixels.ToArray());
        Assert.Equal([85, 0, 255, 255], Image.Decode(new PngBuilder().Header(2, 1, 2, 0).Chunk("tRNS", 0, 1).Data(0, 0b0111_0000).End()).Pixels.ToArray());
        Assert.Equal([1, 2, 3, 0, 1, 2, 4, 255], Image.Decode(new PngBuilder().Header(2, 1, 8, 2).Chunk("tRNS", 0, 1, 0, 2, 0, 3).Data(0, 1, 2, 3, 1, 2, 4).End()).Pixels.ToArray());
    }
}
