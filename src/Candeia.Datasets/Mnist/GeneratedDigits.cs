using System.Globalization;

namespace Candeia.Datasets;

/// <summary>Digits that a program has drawn, as IDX files: they stand in for MNIST where there is no network. Item i depends on the seed and i alone.</summary>
internal static class GeneratedDigits
{
    const string Folder = "generated-digits", Note = "README.txt";

    /// <summary>How many can be made: what is written can be read.</summary>
    public const int Most = (int)(IdxFile.MostBytes / (DigitPen.Size * DigitPen.Size));

    /// <summary>The folder of the files, which are made if they are not there for just this seed and count.</summary>
    /// <exception cref="DatasetException">They are more than a file can hold, or cannot be written.</exception>
    public static string Make(string root, int count, ulong seed, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (count > Most)
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture, $"{count:N0} digits are more than a file can hold; generate {Most:N0} at most."));
        }
        int test = Math.Max(1, count / 5);
        string folder = Path.Combine(root, Folder), note = Path.Combine(folder, Note);
        string text = string.Create(CultureInfo.InvariantCulture,
            $"Digits that Candeia has drawn, not handwritten ones: seed {seed}, {count} to learn from and {test} for the test.\n");
        try
        {
            if (File.Exists(note) && File.ReadAllText(note) == text) return folder;
            Directory.CreateDirectory(folder);
            File.Delete(note);       // it says that the files are complete
            var random = new Generator(seed);
            Write(folder, "train", count, random.Split(0), progress, cancel);
            Write(folder, "t10k", test, random.Split(1), progress, cancel);
            WholeFile.Write(note, text);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{folder}' cannot be written ({fault.Message.TrimEnd('.')}); name another folder, or make room there.", fault);
        }
    }

    static void Write(string folder, string split, int count, Generator random, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        var pixels = new byte[count * DigitPen.Size * DigitPen.Size];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            if (i % 1000 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new(DataStage.Generating, i, count));
            }
            var item = random.Split(i);
            labels[i] = (byte)item.NextInt(10);
            DigitPen.Draw(labels[i], item).CopyTo(pixels, i * DigitPen.Size * DigitPen.Size);
        }
        IdxFile.Write(Path.Combine(folder, $"{split}-images-idx3-ubyte"), Tensor.From(pixels, [count, DigitPen.Size, DigitPen.Size]));
        IdxFile.Write(Path.Combine(folder, $"{split}-labels-idx1-ubyte"), Tensor.From(labels));
    }
}
