using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Data sets of small pictures that come in one file and stay in memory.</summary>
internal static class LabelledPixels
{
    static readonly string[] s_digits = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];

    /// <summary>A row has the class, which is not told of the test, and 48 × 48 gray values between blanks.</summary>
    public static Labelled Expressions(string folder, string split)
    {
        const int side = 48;
        string path = Path.Combine(folder, split + ".csv");
        List<int> labels = [];
        List<byte> pixels = [];
        foreach (var (row, fields) in CsvFile.Rows(path))
        {
            if (row == 1) continue;                                           // its header
            if (fields.Length > 2) throw new DatasetException(path, row, $"it has {fields.Length} fields, not a class and pixels; get the file again.");
            labels.Add(fields.Length == 2 ? Layout.Whole(path, row, fields[0], 0, 6) : -1);
            string[] values = fields[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (values.Length != side * side) throw new DatasetException(path, row, $"it has {values.Length} pixels, not {side}×{side}; get the file again.");
            foreach (string value in values) pixels.Add((byte)Layout.Whole(path, row, value, 0, 255));
        }
        return Labelled.OfPixels(["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"], labels, [.. pixels], new(side, side, PixelFormat.Gray));
    }

    /// <summary>IDX files, as MNIST's; of the eight numbers of a digit the first is its class.</summary>
    public static Labelled Qmnist(string folder, string split)
    {
        string images = Path.Combine(folder, $"qmnist-{split}-images-idx3-ubyte.gz"), classes = Path.Combine(folder, $"qmnist-{split}-labels-idx2-int.gz");
        Tensor pictures = IdxFile.Read(images), numbers = IdxFile.Read(classes);
        if (pictures is not { DType: DType.UInt8, Shape: [var count, > 0 and var height, > 0 and var width] }) throw new DatasetException($"'{images}' holds {pictures.Shape} values, not pictures [n, rows, columns] of bytes; get it again.");
        if (numbers is not { DType: DType.Int32, Shape: [var labelled, > 0] } || labelled != count) throw new DatasetException($"'{classes}' holds {numbers.Shape} values, not a row for each of the {count} pictures; get both again.");
        int[] labels = numbers[.., 0].ToArray<int>();
        if (labels.Any(l => l is < 0 or > 9)) throw new DatasetException($"'{classes}' has a class that is not from 0 to 9; get the file again.");
        return Labelled.OfPixels(s_digits, labels, pictures.ToArray<byte>(), new(width, height, PixelFormat.Gray));
    }

    /// <summary>Files of bytes: colours of 96 × 96 pixels, column by column, and classes from 1 on.</summary>
    public static Labelled Stl10(string folder, string split)
    {
        var info = new ImageInfo(96, 96, PixelFormat.Rgb);
        string root = Path.Combine(folder, "stl10_binary"), images = Path.Combine(root, split + "_X.bin"), classes = Path.Combine(root, split + "_y.bin");
        string[] names = Layout.Lines(root, "class_names.txt");
        byte[] pixels = Layout.Bytes(images);
        if (pixels.Length % info.ByteCount != 0) throw new DatasetException($"'{images}' has {pixels.Length} bytes, which are no pictures of {info.ByteCount}; get the data again.");
        int count = pixels.Length / (int)info.ByteCount;
        int[] labels = split == "unlabeled" ? [.. Enumerable.Repeat(-1, count)] : Array.ConvertAll(Layout.Bytes(classes), l => l - 1);
        if (labels.Length != count) throw new DatasetException($"'{classes}' has {labels.Length} classes, where '{images}' has {count} pictures; get the data again.");
        if (labels.Any(l => l >= names.Length || (l < 0 && split != "unlabeled"))) throw new DatasetException($"'{classes}' has a class that is not from 1 to {names.Length}; get the data again.");
        return Labelled.OfPixels(names, labels, pixels, info, columnsFirst: true);
    }

    /// <summary>A file of MATLAB: colours [32, 32, 3, n], and digits from 1 to 10, which is 0.</summary>
    public static Labelled Svhn(string folder, string split)
    {
        string path = Path.Combine(folder, split + "_32x32.mat");
        var arrays = MatFile.Load(path);
        if (!arrays.TryGetValue("X", out var x) || x is not { DType: DType.UInt8, Shape: [> 0 and var height, > 0 and var width, 3, var count] } || !arrays.TryGetValue("y", out var y) || y.Numel != count)
            throw new DatasetException($"'{path}' has no pictures X [32, 32, 3, n] of bytes and n digits y; get the file again.");
        int[] labels = Array.ConvertAll(y.ToArray<int>(), digit => digit % 10);
        if (labels.Any(l => l < 0)) throw new DatasetException($"'{path}' has a digit below 0; get the file again.");
        // In MATLAB's order the first index is the fastest: that is [n, 3, columns, rows] in ours.
        return Labelled.OfPixels(s_digits, labels, x.Permute(3, 2, 1, 0).ToArray<byte>(), new(width, height, PixelFormat.Rgb), columnsFirst: true);
    }
}
