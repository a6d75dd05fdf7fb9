namespace Candeia.Datasets;

/// <summary>Finds the pairs of IDX files, images and labels, in a folder.</summary>
internal static class MnistFiles
{
    const string Images = "images", Labels = "labels";

    /// <summary>The files of a part of EMNIST, as they are called in its archive.</summary>
    public static IEnumerable<string> EmnistNames(string part) =>
        from split in (string[])["train", "test"]
        from kind in (string[])["images-idx3", "labels-idx1"]
        select $"emnist-{part}-{split}-{kind}-ubyte.gz";

    public static bool IsThere(string folder, string emnistPart) => EmnistNames(emnistPart).All(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>The pair of a split; null if there is none.</summary>
    /// <exception cref="DatasetException">There are several, or labels are missing, or the folder cannot be read.</exception>
    public static (string Images, string Labels)? Find(string folder, MnistSplit split)
    {
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The folder '{folder}' cannot be read ({fault.Message.TrimEnd('.')}); name another one.", fault);
        }
        string[] images = [.. files.Where(file => IsImages(Path.GetFileName(file), split))];
        // The same file, plain and packed, counts once.
        if (images.Select(file => Plain(file)).Distinct().Count() > 1)
        {
            throw new DatasetException($"'{folder}' holds several files of images to {(split == MnistSplit.Train ? "learn from" : "test on")}, "
                + $"'{Path.GetFileName(images[0])}' and '{Path.GetFileName(images[1])}'; leave one of them there.");
        }
        if (images.Length == 0) return null;
        string wanted = Plain(Path.GetFileName(images[0])).Replace(Images, Labels, StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        string labels = files.FirstOrDefault(file => Plain(Path.GetFileName(file)) == wanted)
            ?? throw new DatasetException($"'{images[0]}' has no labels beside it; put '{wanted}' or '{wanted}.gz' there.");
        return (images[0], labels);
    }

    static string Plain(string file) => file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file;

    static bool IsImages(string name, MnistSplit split) =>
        name.Contains(Images, StringComparison.Ordinal)
        && (name.Contains("idx", StringComparison.Ordinal) || name.Contains("ubyte", StringComparison.Ordinal))
        && !name.EndsWith(".part", StringComparison.Ordinal) && !name.EndsWith(".tmp", StringComparison.Ordinal)
        && (split == MnistSplit.Train) == name.Contains("train", StringComparison.Ordinal)
        && (split == MnistSplit.Train || name.Contains("t10k", StringComparison.Ordinal) || name.Contains("test", StringComparison.Ordinal));
}
