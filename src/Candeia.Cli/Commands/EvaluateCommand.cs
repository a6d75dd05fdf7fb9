using System.CommandLine;
using System.Text.Json;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Experiments;
using Candeia.Training;

namespace Candeia.Cli;

/// <summary><c>candeia evaluate</c>: how well a saved network reads a folder of labelled images.</summary>
static class EvaluateCommand
{
    public static Command Create()
    {
        var model = Paths.File("--model", "A model.safetensors of guess-the-correlation.");
        var data = Paths.Folder("--data", "A folder with train.csv and train_imgs.");
        var threads = Number.Threads();
        var json = Flags.Json();
        var command = new Command("evaluate", "Say how well a saved network reads a folder of labelled scatterplots.") { model, data, threads, json };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            var score = Evaluate(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), cancel);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(score, Json.Plain.Score));
            else Screen.Say($"{score} on {score.N} images");
            return Task.CompletedTask;
        });
        return command;
    }

    static Score Evaluate(string model, string folder, CancellationToken cancel)
    {
        var net = SavedNetwork.Load(model);
        var data = new GuessTheCorrelation(folder, CorrelationNet.Crop, DataSource.Folder);
        if (data.Count == 0) throw new UserException($"'{folder}' holds no images; name a folder whose train.csv has rows.");
        var predictions = new Predictions();
        Recipe.Tutorial.Learner(net, Recipe.Tutorial.LearningRate).With(Screen.Progress(), predictions).Predict(data.Loader(64), cancel);
        SavedNetwork.CheckAnswers(model, predictions.Rows.Select(r => r.Predicted));
        return Score.Of(predictions.Rows);
    }
}
