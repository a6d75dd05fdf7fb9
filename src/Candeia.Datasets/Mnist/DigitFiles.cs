using System.Globalization;

namespace Candeia.Datasets;

/// <summary>The IDX files of drawn digits, a pair for each split. Item i of a split depends on the seed and i alone.</summary>
internal static class DigitFiles
{
    const string Folder = "drawn-digits";

    /// <summary>How many can be made: what is written can be read.</summary>
    public const int Most = (int)(IdxFile.MostBytes / (DigitPen.Size * DigitPen.Size));

    /// <summary>The folder of a split's files, which are made if they are not there for just this seed and count.</summary>
    /// <exception cref="DatasetException">They are more than a file can hold, or cannot be written.</exception>
    public static string Make(string root, MnistSplit split, int count, ulong seed, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (count > Most)
        {
            throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture, $"{count:N0} digits are more than a file can hold; draw {Most:N0} at most."));
        }
        string name = split == MnistSplit.Train ? "train" : "t10k";
        string folder = Path.Combine(root, Folder), note = Path.Combine(folder, $"{name}.txt");
        string text = string.Create(CultureInfo.InvariantCulture, $"{count} digits that Candeia has drawn, not handwritten ones, from seed {seed}.\n");
        try
        {
            if (File.Exists(note) && File.ReadAllText(note) == text) return folder;
            Directory.CreateDirectory(folder);
            File.Delete(note);       // it says that the files are complete
            Write(folder, name, count, new Generator(seed).Split((int)split), progress, cancel);
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
