namespace Candeia.Datasets;

/// <summary>The names of the real data set's files.</summary>
internal static class CorrelationLayout
{
    public const string Folder = "guess-the-correlation", Archive = "guess-the-correlation.zip";
    public const string TrainTable = "train.csv", TrainImages = "train_imgs";
    public const string SubmissionTable = "example_submition.csv", SubmissionImages = "test_imgs"; // spelt so in the archive
    public const string Header = "id,corr", ImageEnding = ".png";

    /// <summary>Where the data under <paramref name="root"/> are: in the folder of that name or right there; null if neither has a table.</summary>
    public static string? Find(string root) => new[] { Path.Combine(root, Folder), root }
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, TrainTable)) || File.Exists(Path.Combine(folder, SubmissionTable)));

    /// <summary>Whether a name can stand for an item, and so for a file: letters, digits, '-' and '_', at most 64.</summary>
    public static bool IsId(ReadOnlySpan<char> id) => id.Length is > 0 and <= 64 && !id.ContainsAnyExcept(s_idLetters);

    static readonly System.Buffers.SearchValues<char> s_idLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
}
