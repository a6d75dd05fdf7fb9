using System.CommandLine;
using System.Text;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia predict-table</c>: what a saved model says of the rows of a table.</summary>
static class PredictTableCommand
{
    public static Command Create()
    {
        var model = Paths.Folder("--model", "The folder 'model' that train-table wrote.");
        var file = Paths.Argument("FILE", "A CSV or Parquet file with the columns that the model has learnt from.");
        var output = Paths.Optional("--out", "FILE", "Gets the table with the answers; it is written to the terminal without it.");
        var threads = Number.Threads();
        var command = new Command("predict-table", "Append to a table what a saved model says of each row, and of classes how likely each is.") { model, file, output, threads };
        command.SetAction(parsed =>
        {
            Threads.Count = parsed.GetValue(threads);
            string table = parsed.GetRequiredValue(file);
            var answers = TableAnswers.Of(TableModel.Load(parsed.GetRequiredValue(model)), table);
            foreach (string note in answers.Notes) Screen.Complain(note);
            if (parsed.GetValue(output) is not { } path) TableFile.Append(table, answers.Columns, Console.Out);
            else WholeFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                TableFile.Append(table, answers.Columns, writer);
            });
        });
        return command;
    }
}
