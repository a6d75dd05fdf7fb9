using Candeia.Data;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>Texts in classes, parted.</summary>
/// <param name="Name">What they are, as the end of a sentence: <c>reviews that are drawn</c>.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Train">What is learnt from.</param>
/// <param name="Valid">What the learning is watched on.</param>
/// <param name="Test">What the result is judged on.</param>
sealed record TextData(string Name, IReadOnlyList<string> Classes, IReadOnlyList<TextSample> Train, IReadOnlyList<TextSample> Valid, IReadOnlyList<TextSample> Test)
{
    /// <summary>The names of data that are not files of the user's.</summary>
    public static IReadOnlyList<string> Names { get; } = ["drawn", "imdb", "ag-news"];

    /// <summary>Opens what the settings name.</summary>
    /// <param name="settings">Which data, and how many.</param>
    /// <param name="downloads">Where what is fetched lies.</param>
    /// <param name="story">Shows how that comes on.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="UserException">There are too few texts or classes.</exception>
    public static TextData Open(TextSettings settings, string downloads, IStory story, CancellationToken cancel)
    {
        using var progress = story.DataProgress();
        Dataset<TextSample> Imdb(TextSplit split) => new Imdb(downloads, split, progress: progress, cancel: cancel);
        Dataset<TextSample> News(TextSplit split) => new AgNews(downloads, split, progress: progress, cancel: cancel);
        return settings.Data switch
        {
            "drawn" => Parted("reviews that are drawn, not written by anybody", DrawnReviews.Classes, new DrawnReviews(TextSplit.Train, settings.Train + settings.Valid, settings.Seed),
                new DrawnReviews(TextSplit.Test, settings.Test, settings.Seed), settings),
            "imdb" => Parted("reviews of films", Datasets.Imdb.Classes, Mixed(Imdb(TextSplit.Train), settings), Mixed(Imdb(TextSplit.Test), settings), settings),
            "ag-news" => Parted("news", AgNews.Classes, Mixed(News(TextSplit.Train), settings), Mixed(News(TextSplit.Test), settings), settings),
            var path => Own(path, settings),
        };
    }

    static TextData Own(string path, TextSettings settings)
    {
        if (!Path.Exists(path)) throw new UserException($"There is no '{path}'; with --data name {string.Join(", ", Names)}, a folder or a .csv file.");
        (Dataset<TextSample> all, var classes) = Directory.Exists(path)
            ? new TextFolder(path) is var folder ? ((Dataset<TextSample>)folder, folder.Classes) : default
            : new TextTable(path) is var table ? (table, table.Classes) : default;
        if (classes.Count < 2) throw new UserException($"'{path}' has texts of one class only, '{classes[0]}'; there is nothing to tell apart.");
        var mixed = Mixed(all, settings);
        int test = Math.Min(settings.Test, mixed.Count / 5);
        return Parted($"texts in '{path}'", classes, mixed[..(mixed.Count - test)], mixed[(mixed.Count - test)..], settings);
    }

    static TextData Parted(string name, IReadOnlyList<string> classes, Dataset<TextSample> learn, Dataset<TextSample> judge, TextSettings settings)
    {
        int valid = Math.Min(settings.Valid, learn.Count / 5), train = Math.Min(settings.Train, learn.Count - valid), test = Math.Min(settings.Test, judge.Count);
        if (valid < 1 || train < 2 || test < 1) throw new UserException($"{learn.Count + judge.Count} texts are too few to learn from; take ten at least.");
        return new(name, classes, [.. learn[valid..(valid + train)]], [.. learn[..valid]], [.. judge[..test]]);
    }

    static Dataset<TextSample> Mixed(Dataset<TextSample> texts, TextSettings settings) => texts.Shuffle(settings.Seed);
}
