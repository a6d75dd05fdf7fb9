namespace Candeia.Datasets;

/// <summary>Opens a split of a data set that is on disk: the table is read and its images are looked for, but not into.</summary>
internal static class CorrelationFolder
{
    /// <exception cref="DatasetException">Table and images are missing, or do not match.</exception>
    public static (CorrelationTable, CorrelationPictures) Open(string folder, CorrelationSplit split)
    {
        bool train = split == CorrelationSplit.Train;
        string file = Path.Combine(folder, train ? CorrelationLayout.TrainTable : CorrelationLayout.SubmissionTable);
        string images = Path.Combine(folder, train ? CorrelationLayout.TrainImages : CorrelationLayout.SubmissionImages);
        try
        {
            if (!File.Exists(file))
                throw new DatasetException($"'{file}' is not there; {(train ? "get the data again" : "only the downloaded data have this split")}.");
            if (!Directory.Exists(images))
                throw new DatasetException($"'{images}' is not there; put the images of '{file}' into it, or get the data again.");
            var table = CorrelationTable.Read(file, labelled: train);
            Match(table, file, images);
            return (table, new(table.Ids.Length, i => ImageFile(images, table.Ids[i]), i => $" (row {i + 2} of '{file}')"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"'{folder}' cannot be read ({fault.Message.TrimEnd('.')}); check its permissions, or name another folder.", fault);
        }
    }

    static string ImageFile(string images, string id) => Path.Combine(images, id + CorrelationLayout.ImageEnding);

    static void Match(CorrelationTable table, string file, string images)
    {
        var there = Directory.EnumerateFiles(images, "*" + CorrelationLayout.ImageEnding)
            .Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < table.Ids.Length; i++)
            if (!there.Remove(table.Ids[i]))
                throw new DatasetException(file, i + 2, $"there is no image '{ImageFile(images, table.Ids[i])}'; put it there or remove the row.");
        if (there.Min(StringComparer.Ordinal) is { } other)
            throw new DatasetException($"'{ImageFile(images, other)}' has no row in '{file}'; add its row or remove the image.");
    }
}
