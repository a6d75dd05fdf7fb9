using System.Diagnostics;
using System.Globalization;
using Candeia.Data;
using Candeia.Images;
using Xunit.Abstractions;

namespace Candeia.Datasets.Tests;

/// <summary>
/// However many pictures a folder has, an epoch takes no more memory at its end than at its beginning. CANDEIA_PICTURES says how many, by default 3 000.
/// </summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    const int Different = 20, Batch = 50;
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_epoch_takes_no_more_memory_at_its_end_than_after_its_first_tenth()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("CANDEIA_PICTURES") ?? "3000", CultureInfo.InvariantCulture);
        Fill(count);
        var augment = new RandomResizedCrop(32).Then(new RandomHorizontalFlip()).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet);
        var loader = new ImageFolder(_folder.Path).Map(augment).Loader(Batch, shuffle: true, workers: 2, seed: 1);
        List<(int Read, long Managed, long Resident)> seen = [];
        int read = 0;
        foreach (var batch in loader)
        {
            read += batch.Size;
            if (read % Math.Max(Batch, count / 10 / Batch * Batch) == 0) seen.Add((read, GC.GetTotalMemory(forceFullCollection: true), Resident()));
        }
        foreach (var (pictures, managed, resident) in seen) output.WriteLine($"{pictures} pictures: {managed / 1024.0 / 1024:0.0} MiB managed, {resident / 1024.0 / 1024:0} MiB resident");
        Assert.Equal(count, read);
        Assert.InRange(seen[^1].Managed - seen[0].Managed, long.MinValue, 4 << 20);        // a tenth of the pictures, decoded, would be more
        Assert.InRange(seen[^1].Resident - seen[1].Resident, long.MinValue, 48 << 20);      // code is still being compiled in the first tenth
    }

    static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    void Fill(int count)
    {
        SkiaCodecs.Register();
        byte[][] files = [.. Enumerable.Range(0, Different).Select(i => new DrawnShapes(Different, 64)[i].Picture.Crop(..48, ..).Encode(new JpegCodec(90)))];
        for (int i = 0; i < count; i++)
        {
            string home = _folder[i % 2 == 0 ? "even" : "odd"];
            if (i < 2) Directory.CreateDirectory(home);
            File.WriteAllBytes(Path.Combine(home, $"{i:D6}.jpg"), files[i % Different]);
        }
    }
}
