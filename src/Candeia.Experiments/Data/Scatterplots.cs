using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>The pictures that the jobs learn from.</summary>
static class Scatterplots
{
    /// <summary>How many there may be: a folder of more files is of no use to anybody.</summary>
    public const int Most = 10_000_000;

    /// <summary>Opens those of a folder; makes or downloads them first where there are none, or too few that were made.</summary>
    /// <param name="folder">Where they are, or will be.</param>
    /// <param name="source">As the command line calls it: <c>generate</c> or <c>download</c>.</param>
    /// <param name="count">How many are needed.</param>
    /// <param name="seed">What to make them from.</param>
    /// <param name="story">Shows how that comes on.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="UserException">There are fewer than that.</exception>
    public static GuessTheCorrelation Open(string folder, string source, long count, ulong seed, IStory story, CancellationToken cancel)
    {
        if (count > Most) throw new UserException($"{count} images are more than there can be, which is {Most}; ask for fewer with --train, --valid and --test.");
        var data = source == "generate" ? Existing(folder, count) : null;
        if (data is null)
        {
            using var progress = story.DataProgress();
            data = new(folder, CorrelationNet.Crop, source == "generate" ? DataSource.Generate : DataSource.Download, count: (int)count, seed: seed, progress: progress, cancel: cancel);
        }
        return data.Count >= count ? data : throw new UserException(
            $"'{folder}' holds {data.Count} images, but {count} are needed; ask for fewer with --train, --valid and --test, or name another folder.");
    }

    // Enough that are there already, whatever seed they came from.
    static GuessTheCorrelation? Existing(string folder, long count)
    {
        try
        {
            var there = new GuessTheCorrelation(folder, CorrelationNet.Crop, DataSource.Folder);
            return there.Count >= count ? there : null;
        }
        catch (DatasetException)
        {
            return null;        // they are made, or the attempt says what is wrong
        }
    }
}
