using System.Buffers.Binary;

namespace Candeia.Images.Tests;

/// <summary>Files that lie: none crashes, hangs, or takes memory that it does not explain.</summary>
public class HostileTests
{
    static readonly byte[][] s_valid =
    [
        .. ((string[])["baseline.jpg", "full-chroma.jpg", "turned1.jpg", "progressive.jpg", "inks.jpg", "turned6.jpg", "lossy.webp", "lossless.webp", "palette.gif", "palette.bmp", "colour.bmp"])
            .Select(f => File.ReadAllBytes(Photographs.PathOf(f))),
    ];

    static readonly byte[][] s_words = [[0xFF, 0xD8], [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDA], [0xFF, 0xD9], [0xFF, 0xE1], [0xFF, 0xFF], [0, 0], [.. "VP8X"u8], [.. "VP8L"u8], [0x2C], [0x21, 0xF9]];

    [Fact]
    public void Damaged_files_are_read_or_refused() => Fuzz.Run(s_valid, s_words, file =>
    {
        if (Read(() => Image.Decode(file)) is { } image) Assert.Equal(Image.Identify(file), image.Info);
    });

    [Fact]
    public void Windows_of_damaged_files_are_those_of_the_whole_or_both_are_refused() => Fuzz.Run(s_valid, s_words, file =>
    {
        ImageInfo info;
        try
        {
            info = Image.Identify(file);
        }
        catch (ImageFormatException)
        {
            return;
        }
        Range rows = (info.Height / 3)..(info.Height - info.Height / 4), columns = (info.Width / 2)..;
        Image? whole = Read(() => Image.Decode(file)), part = Read(() => Image.Decode(file, rows, columns));
        Assert.Equal(whole is null, part is null);
        if (whole is not null && part is not null) Assert.True(whole.Crop(rows, columns).Pixels.SequenceEqual(part.Pixels), $"{rows} {columns} of {info}");
    });

    static Image? Read(Func<Image> read)
    {
        try
        {
            return read();
        }
        catch (ImageFormatException fault)
        {
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
            return null;
        }
    }

    [Fact]
    public void A_file_that_ends_early_is_refused_whole()
    {
        foreach (byte[] file in s_valid)
            foreach (int length in (int[])[file.Length / 2, file.Length * 3 / 4, file.Length - 3])
                Assert.Throws<ImageFormatException>(() => Image.Decode(file.AsSpan(0, length)));
    }

    [Fact]
    public void A_size_that_the_bytes_cannot_hold_is_refused_before_memory_is_taken()
    {
        byte[] bomb = File.ReadAllBytes(Photographs.PathOf("baseline.jpg"));
        int frame = bomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bomb.AsSpan(frame + 5), 65500);
        BinaryPrimitives.WriteUInt16BigEndian(bomb.AsSpan(frame + 7), 3000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("65500 pixels, which its", Assert.Throws<ImageFormatException>(() => Image.Decode(bomb)).Message.Replace("3000×", "", StringComparison.Ordinal), StringComparison.Ordinal);
        BinaryPrimitives.WriteUInt16BigEndian(bomb.AsSpan(frame + 7), 65500);
        Assert.Contains("200 million", Assert.Throws<ImageFormatException>(() => Image.Decode(bomb)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void The_name_of_the_file_stands_in_the_message()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad.jpg"], s_valid[0][..300]);
        var fault = Assert.Throws<ImageFormatException>(() => Image.Load(folder["bad.jpg"]));
        Assert.Contains("bad.jpg", fault.Message, StringComparison.Ordinal);
        Assert.Equal(folder["bad.jpg"], fault.File);
    }
}
