using System.CommandLine;
using Candeia.Experiments;
using Candeia.NN;
using Candeia.Onnx;

namespace Candeia.Cli;

/// <summary><c>candeia export</c>: a trained network as an ONNX file.</summary>
static class ExportCommand
{
    public static Command Create()
    {
        var model = Paths.Folder("--model", "The folder that guess-the-correlation wrote: its model.safetensors is exported.");
        var output = Paths.File("--out", "The ONNX file to write.");
        var command = new Command("export", "Write a trained network as an ONNX file of opset 17, which other programs run on any number of pictures.") { model, output };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(model), file = parsed.GetRequiredValue(output);
            SavedNetwork.Load(Path.Combine(folder, "model.safetensors")).Eval().ExportOnnx(file, CorrelationNet.Crop(Tensor.Zeros([150, 150])).Unsqueeze(0));
            Screen.Say($"{file}: {OnnxSummary.Of(file).Inputs[0]}");
        });
        return command;
    }
}
