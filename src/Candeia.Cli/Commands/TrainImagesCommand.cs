using System.CommandLine;
using Candeia.Experiments;
using Candeia.Vision;

namespace Candeia.Cli;

/// <summary><c>candeia train-images</c>: the user's own pictures.</summary>
static class TrainImagesCommand
{
    const int ShapesSize = 32, PhotographSize = 224, Small = 96;
    const string Usual = "resnet18", ForSmall = "small_resnet";
    const double Rate = 2e-3, RateOfSmall = 4e-3, RateWithWeights = 5e-4;

    public static Command Create()
    {
        var data = Paths.Optional("--data", "DIR", "Pictures, in a folder for each class; shapes are drawn without it.");
        var model = Choice.Of("--model", [Usual, .. VisionModels.Names.Where(n => n != Usual)], $"The network, by its name in torchvision; {ForSmall} for pictures of less than {Small} pixels without weights.");
        model.HelpName = "NAME";
        var weights = Paths.Optional("--weights", "FILE", "Weights to begin with: safetensors or torchvision's .pth.");
        var frozen = Number.Whole("--frozen", 1, "With --weights: epochs in which the new head learns alone.", min: 0);
        var epochs = Number.Whole("--epochs", 8, "Passes over the pictures; 4 over the many drawn ones.");
        var size = Number.Whole("--size", PhotographSize, $"Rows and columns of what the network sees; {ShapesSize} for drawn shapes.", min: 32, max: 1024);
        var batch = Number.Whole("--batch-size", 32, "Pictures per step.");
        var rate = Number.Positive("--learning-rate", Rate, $"The highest step size of the cycle; 4e-3 for {ForSmall}, 5e-4 with --weights.");
        var seed = Number.Seed("Gives the same network again.");
        var threads = Number.Threads();
        var device = Devices.Option();
        var output = Paths.Folder("--out", "runs/train-images", "Gets the model, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Fewer shapes and epochs: done within a minute or two." };
        var command = new Command("train-images", "Teach a network to tell pictures of your own apart: folders of classes in, a model and a report out.")
        {
            data, model, weights, frozen, epochs, size, batch, rate, seed, threads, device, output, quick,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            bool small = parsed.GetValue(quick), drawn = parsed.GetValue(data) is null, begun = parsed.GetValue(weights) is not null;
            int pixels = drawn && !parsed.Has(size) ? ShapesSize : parsed.GetValue(size);
            string network = parsed.Has(model) || begun || pixels >= Small ? parsed.GetRequiredValue(model) : ForSmall;
            double highest = parsed.Has(rate) ? parsed.GetValue(rate) : begun ? RateWithWeights : network == ForSmall ? RateOfSmall : Rate;
            int passes = parsed.Has(epochs) ? parsed.GetValue(epochs) : small ? 3 : drawn ? 4 : parsed.GetValue(epochs);
            var settings = new TrainImagesSettings(
                parsed.GetValue(data), network, parsed.GetValue(weights), begun ? parsed.GetValue(frozen) : 0, passes, pixels, parsed.GetValue(batch), highest, small ? 6000 : 25_000,
                parsed.GetValue(seed), Threads.Count) { Device = parsed.GetRequiredValue(device) };
            var job = new TrainImagesJob(settings, parsed.GetRequiredValue(output), new Story());
            return Task.FromResult(job.Run(cancel) ? Tool.Ok : Tool.Interrupted);
        });
        return command;
    }
}
