namespace Candeia.Datasets;

/// <summary>The classes of ImageNet-21k: 21 843 nouns of WordNet, in the order in which networks that learnt them name them.</summary>
/// <example><code norun="it downloads">
/// var classes = ImageNet21k.Classes("data");
/// Console.WriteLine($"{classes[0].Id}: {classes[0].Name}");
/// </code></example>
public static class ImageNet21k
{
    const string Address = "https://storage.googleapis.com/bit_models/", Ids = "imagenet21k_wordnet_ids.txt", Lemmas = "imagenet21k_wordnet_lemmas.txt";

    static readonly Origin s_origin = new("imagenet21k", ["all"], _ => [LabelledSets.File(Address + Ids, null, 1 << 24), LabelledSets.File(Address + Lemmas, null, 1 << 24)]);

    /// <summary>Reads the classes, and fetches the two lists first where they are not there.</summary>
    /// <param name="root">The folder that holds, or is to hold, the lists in a folder <c>imagenet21k</c>; with <see cref="DataSource.Folder"/> the one in which they lie.</param>
    /// <param name="source">How to get the lists where there are none.</param>
    /// <param name="progress">Told how downloading comes on.</param>
    /// <param name="cancel">Stops it; a later call goes on from there.</param>
    /// <returns>Of each class its number in WordNet, such as <c>n02084071</c>, and its words.</returns>
    /// <exception cref="ArgumentException">They are asked to be generated.</exception>
    /// <exception cref="DatasetException">The lists cannot be had, are damaged, or do not belong together.</exception>
    public static IReadOnlyList<(string Id, string Name)> Classes(string root, DataSource source = DataSource.Download, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        var (folder, _) = s_origin.Open("imagenet21k", root, null, source, progress, cancel);
        string[] ids = Layout.Lines(folder, Ids), names = Layout.Lines(folder, Lemmas);
        if (ids.Length != names.Length) throw new DatasetException($"'{Path.Combine(folder, Ids)}' has {ids.Length} classes, where '{Lemmas}' has {names.Length}; get both again.");
        int wrong = Array.FindIndex(ids, id => id.Length != 9 || id[0] != 'n' || !id.AsSpan(1).ContainsOnlyDigits());
        return wrong < 0 ? [.. ids.Zip(names)] : throw new DatasetException(Path.Combine(folder, Ids), wrong + 1, $"'{(ids[wrong].Length <= 40 ? ids[wrong] : ids[wrong][..40] + "…")}' is no number of WordNet's, such as n02084071; get the file again.");
    }

    static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
