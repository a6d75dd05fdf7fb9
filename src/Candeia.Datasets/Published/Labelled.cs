using System.Globalization;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Pictures and the number of the class of each; −1, where nobody says.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Labels">The number of the class of each picture.</param>
/// <param name="Picture">A picture by its number, or the part of it that a function chooses, where it comes from a file.</param>
/// <param name="Id">What finds a picture again.</param>
internal sealed record Labelled(IReadOnlyList<string> Classes, IReadOnlyList<int> Labels, Func<int, Func<int, int, Window?>?, Image> Picture, Func<int, string> Id)
{
    /// <summary>Pictures in files, read when they are asked for.</summary>
    public static Labelled OfFiles(IReadOnlyList<string> classes, IEnumerable<(string File, int Label)> all)
    {
        (string File, int Label)[] items = [.. all];
        return new(classes, [.. items.Select(i => i.Label)], (i, choose) => PictureFile.Read(items[i].File, choose), i => items[i].File);
    }

    /// <summary>Pictures in folders that are named after their classes.</summary>
    public static Labelled OfFolders(string root, Func<string, bool>? counts = null, Func<string, string>? named = null)
    {
        var found = ClassFolders.Find(root, ImageCodecs.All.SelectMany(c => c.Extensions).Append(".jpg").Append(".jpeg").ToHashSet());
        int[] kept = [.. Enumerable.Range(0, found.Classes.Count).Where(c => counts is null || counts(found.Classes[c]))];
        int[] label = new int[found.Classes.Count];
        Array.Fill(label, -1);
        foreach (var (i, c) in kept.Index()) label[c] = i;
        return OfFiles([.. kept.Select(c => named is null ? found.Classes[c] : named(found.Classes[c]))],
            found.Files.Zip(found.Labels).Where(f => label[f.Second] >= 0).Select(f => (f.First, label[f.Second])));
    }

    /// <summary>The same with a folder between: <c>Greek/character01</c> is a class.</summary>
    public static Labelled OfDeepFolders(string root)
    {
        if (!Directory.Exists(root)) throw new DatasetException($"'{root}' is not there; unpack the data set there, or let it be downloaded.");
        Labelled[] parts = [.. Directory.EnumerateDirectories(root).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal)
            .Select(f => OfFolders(f, named: c => $"{Path.GetFileName(f)}/{c}"))];
        int[] before = new int[parts.Length];
        for (int i = 1; i < parts.Length; i++) before[i] = before[i - 1] + parts[i - 1].Classes.Count;
        return OfFiles([.. parts.SelectMany(p => p.Classes)], parts.SelectMany((p, i) => p.Labels.Select((l, n) => (p.Id(n), before[i] + l))));
    }

    /// <summary>Pictures of one size in memory, one after the other, a byte a value: [n, channels, height, width], or with columns where rows should be.</summary>
    public static Labelled OfPixels(IReadOnlyList<string> classes, IReadOnlyList<int> labels, byte[] pixels, ImageInfo info, bool columnsFirst = false)
    {
        int plane = info.Width * info.Height, size = plane * info.Channels;
        return new(classes, labels, (i, _) => Picture(i), i => i.ToString(CultureInfo.InvariantCulture));

        Image Picture(int index)
        {
            byte[] picture = new byte[size];
            var from = pixels.AsSpan(index * size, size);
            for (int c = 0; c < info.Channels; c++)
                for (int p = 0; p < plane; p++)
                    picture[(columnsFirst ? p % info.Height * info.Width + p / info.Height : p) * info.Channels + c] = from[c * plane + p];
            return new(info, picture);
        }
    }
}
