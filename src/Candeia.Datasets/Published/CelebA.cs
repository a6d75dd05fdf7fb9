using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>CelebA's faces: five key points of each, and which of forty attributes it has.</summary>
internal static class CelebA
{
    const string Parts = "list_eval_partition.txt", Attributes = "list_attr_celeba.txt", Points = "list_landmarks_align_celeba.txt";
    const int MostPixels = 100_000;

    public static Scenes Read(string folder, string split)
    {
        int? part = split switch { "train" => 0, "valid" => 1, "test" => 2, _ => null };
        string[] names = [.. Layout.Fields(folder, Parts, 2).Where(line => part is null || Layout.Whole(Path.Combine(folder, Parts), line.Row, line.Fields[1], 0, 2) == part).Select(line => line.Fields[0])];
        var (classes, attributes) = Table(folder, Attributes, -1, 1);
        var (_, points) = Table(folder, Points, -MostPixels, MostPixels);
        foreach (string name in names)
            if (!attributes.ContainsKey(name) || points.GetValueOrDefault(name) is not { Length: 10 }) throw new DatasetException($"'{folder}' has no attributes or key points of '{name}' in its lists; get the data again.");
        return new(classes, [.. names.Select(n => Layout.Inside(Path.Combine(folder, "img_align_celeba"), n))], (i, scene) => (scene with
        {
            Labels = Tensor.From(Array.ConvertAll(attributes[names[i]], a => a > 0 ? 1L : 0)),
            KeyPoints = new(Tensor.From(Array.ConvertAll(points[names[i]], p => (float)p), [5, 2])),
        }, []));
    }

    /// <summary>A line with how many rows there are, one with the names of columns, and the rows: a picture and numbers.</summary>
    static (string[] Columns, Dictionary<string, int[]> Rows) Table(string folder, string list, int least, int most)
    {
        (int Row, string[] Fields)[] lines = [.. Layout.Fields(folder, list, 1)];
        string path = Path.Combine(folder, list);
        if (lines.Length < 2) throw new DatasetException($"'{path}' has no rows; get the data again.");
        Dictionary<string, int[]> rows = [];
        foreach (var (row, fields) in lines.Skip(2))
        {
            if (fields.Length != lines[1].Fields.Length + 1) throw new DatasetException(path, row, $"it has {fields.Length} fields, not a picture and {lines[1].Fields.Length} numbers; get the data again.");
            rows[fields[0]] = [.. fields.Skip(1).Select(f => Layout.Whole(path, row, f, least, most))];
        }
        return (lines[1].Fields, rows);
    }
}
