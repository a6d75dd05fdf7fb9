namespace Candeia.Datasets;

/// <summary>Where one of the two comes from, and how its files are made: records of labels, of which the last counts, and 3 072 bytes.</summary>
/// <param name="Archive">The file that is fetched.</param>
/// <param name="Md5">What it must be, as its page says.</param>
/// <param name="Folder">The folder in it.</param>
/// <param name="Files">For each split.</param>
/// <param name="NamesFile">The names of the classes, a line each.</param>
/// <param name="LabelBytes">Labels of a record.</param>
/// <param name="Classes">How many classes.</param>
internal sealed record CifarSource(string Archive, string Md5, string Folder, string[][] Files, string NamesFile, int LabelBytes, int Classes)
{
    const int Samples = 3 * 32 * 32;
    const long MostBytes = 1L << 28, MostFileBytes = 1L << 28;

    public static CifarSource Of(int classes) => classes switch
    {
        10 => new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530", "cifar-10-batches-bin",
            [[.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")], ["test_batch.bin"]], "batches.meta.txt", 1, 10),
        100 => new("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8", "cifar-100-binary", [["train.bin"], ["test.bin"]], "fine_label_names.txt", 2, 100),
        _ => throw new ArgumentException($"There is CIFAR-10 and CIFAR-100, and no CIFAR-{classes}.", nameof(classes)),
    };

    /// <summary>Fetches and unpacks the archive, unless the files are there.</summary>
    public void Fetch(string root, IProgress<DataProgress>? progress, CancellationToken cancel, Downloader? downloader = null)
    {
        if (Files.SelectMany(f => f).Append(NamesFile).All(f => File.Exists(PathOf(root, f)))) return;
        string path = Path.Combine(root, Archive);
        bool given = File.Exists(path);
        var remote = new RemoteFile([new Uri("https://www.cs.toronto.edu/~kriz/" + Archive)], MostBytes, $"put the file at '{path}', or take DrawnShapes, which needs no network");
        (downloader ?? new Downloader(Downloader.Client)).FetchAsync(remote, path, p => Checksum.Verify(p, Md5, progress), progress, cancel).GetAwaiter().GetResult();
        Archives.Untar(path, root, MostFileBytes, cancel);
        if (!given) File.Delete(path);
    }

    /// <exception cref="DatasetException">A file is missing or damaged.</exception>
    public (byte[] Pixels, int[] Labels) Read(string root, CifarSplit split)
    {
        List<byte> pixels = [];
        List<int> labels = [];
        foreach (string name in Files[(int)split])
        {
            byte[] file = Bytes(root, name);
            int record = LabelBytes + Samples;
            if (file.Length % record != 0) throw new DatasetException($"'{PathOf(root, name)}' has {file.Length} bytes, which are no records of {record}; get the file again.");
            for (int at = 0; at < file.Length; at += record)
            {
                int label = file[at + LabelBytes - 1];
                if (label >= Classes) throw new DatasetException($"'{PathOf(root, name)}' has the class {label} in picture {at / record}, where there are {Classes}; get the file again.");
                labels.Add(label);
                pixels.AddRange(file.AsSpan(at + LabelBytes, Samples));
            }
        }
        return ([.. pixels], [.. labels]);
    }

    public IReadOnlyList<string> Names(string root)
    {
        string[] names = [.. System.Text.Encoding.UTF8.GetString(Bytes(root, NamesFile)).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        return names.Length == Classes ? names : throw new DatasetException($"'{PathOf(root, NamesFile)}' names {names.Length} classes and not {Classes}; get the file again.");
    }

    byte[] Bytes(string root, string name)
    {
        try
        {
            return OrdinaryFile.ReadAllBytes(PathOf(root, name), MostFileBytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{PathOf(root, name)}' cannot be read ({fault.Message.TrimEnd('.')}); unpack {Archive} into '{root}', or let it be downloaded.", fault);
        }
    }

    string PathOf(string root, string name) => Path.Combine(root, Folder, name);
}
