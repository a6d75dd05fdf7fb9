using System.CommandLine;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia data show</c>: the first images of a set, in one picture with their correlations.</summary>
static class DataShowCommand
{
    const int Most = 64;

    public static Command Create()
    {
        var data = Paths.Folder("--data", "A folder with train.csv and train_imgs.");
        var output = Paths.File("--out", "The PNG file to write.");
        var command = new Command("show", "Draw the first 64 scatterplots of a folder in one picture, with their correlations.") { data, output };
        command.SetAction(parsed => Show(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output)));
        return command;
    }

    static void Show(string folder, string file)
    {
        var data = new GuessTheCorrelation(folder, source: DataSource.Folder);
        if (data.Count == 0) throw new UserException($"'{folder}' holds no images; name a folder whose train.csv has rows.");
        if (!Path.GetExtension(file).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new UserException($"The picture cannot be written to '{file}'; choose a name that ends in .png.");
        var batch = data.Loader(Math.Min(Most, data.Count)).Peek();
        var target = new OutFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        target.Write(Path.GetFileName(file), Pictures.Of(batch).Save);
        Screen.Say($"The first {batch.Size} of {data.Count} scatterplots: {file}");
    }
}
