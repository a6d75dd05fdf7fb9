using System.Security.Cryptography;
using Candeia.Data;

namespace Candeia.Datasets.Tests;

public sealed class DrawnDigitsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Are_the_same_bytes_for_a_seed_and_say_what_they_are()
    {
        string[] files = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "t10k.txt", "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "train.txt"];
        string Hash(string root, ulong seed)
        {
            Assert.Equal((200, 40), (new DrawnDigits(root, count: 200, seed: seed).Count, new DrawnDigits(root, MnistSplit.Test, 40, seed).Count));
            string folder = Path.Combine(root, "drawn-digits");
            Assert.Equal(files, Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
            Assert.Contains("not handwritten", File.ReadAllText(Path.Combine(folder, "train.txt")), StringComparison.Ordinal);
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "train-images-idx3-ubyte"))));
        }
        string first = Hash(_folder["a"], 5);
        Assert.Equal(first, Hash(_folder["b"], 5));
        Assert.NotEqual(first, Hash(_folder["a"], 6));
        Assert.Equal("5F56", first[..4]);      // on every machine
    }

    [Fact]
    public void More_than_a_file_can_hold_are_refused_before_one_is_drawn()
    {
        long bytes = DigitFiles.Most * 28L * 28;
        Assert.InRange(IdxFile.MostBytes, bytes, bytes + 28 * 28 - 1);                // the most that can be read again
        foreach (int count in (int[])[DigitFiles.Most + 1, int.MaxValue])
            Assert.Contains("draw 1,369,568 at most", Assert.Throws<DatasetException>(() => _ = new DrawnDigits(_folder.Path, count: count)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Look_like_MNISTs()
    {
        var batch = new DrawnDigits(_folder.Path, count: 500).Loader(500).Peek();
        Assert.Equal([500, 1, 28, 28], batch.X.Shape);
        Assert.Equal(10, batch.Y.ToArray<long>().Distinct().Count());
        Assert.InRange((double)batch.X.Mean(), 0.08, 0.16);            // MNIST: 0.13
        Assert.InRange((double)(batch.X * (1 - batch.X)).Mean(), 0.01, 0.05);    // soft edges
        Assert.Equal(0, (double)batch.X[.., .., ..1].Sum());           // a margin
    }
}
