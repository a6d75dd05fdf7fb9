using System.CommandLine;

namespace Candeia.Cli;

/// <summary><c>candeia weights convert</c>: the same tensors in another format.</summary>
static class WeightsConvertCommand
{
    static readonly string[] s_extensions = [".safetensors", ".pt", ".pth", ".bin", ".npz", ".npy"];

    public static Command Create()
    {
        var from = Paths.Argument("FROM", "A .safetensors, .pt, .pth, .npy or .npz, or a folder of Hugging Face.");
        var to = Paths.Argument("TO", "The file to write; its name says the format: .safetensors, .pt, .npz, or .npy for a single tensor.");
        to.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && !s_extensions.Contains(Path.GetExtension(path).ToLowerInvariant()))
                result.AddError($"'{path}' says no format; choose a name that ends in {string.Join(", ", s_extensions[..^1])} or {s_extensions[^1]}");
        });
        var rename = new Option<string[]>("--rename") { Description = "Give tensors other names; * stands for any text.", HelpName = "OLD=NEW", AllowMultipleArgumentsPerToken = false };
        rename.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.Split('=') is not [{ Length: > 0 } old, { Length: > 0 } name] || name.Count(c => c == '*') > old.Count(c => c == '*'))
                    result.AddError($"--rename must be OLD=NEW with no more stars in NEW than in OLD, not '{token.Value}'");
        });
        var unwrap = new Option<bool>("--unwrap") { Description = "Take the model out of a checkpoint: its state_dict, without module. in front of names." };
        var type = new Option<string?>("--type") { Description = "Convert floating-point tensors to another type.", HelpName = "float32|float16|bfloat16|float64" };
        type.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && name is not ("float32" or "float16" or "bfloat16" or "float64")) result.AddError($"--type must be float32, float16, bfloat16 or float64, not '{name}'");
        });
        var json = Flags.Json();
        var command = new Command("convert", "Write the tensors of a file in another format. Nothing in the file is run.") { from, to, rename, unwrap, type, json };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(unwrap) ? TensorNames.Checkpoint : TensorNames.AsTheyAre;
            foreach (string rule in parsed.GetValue(rename) ?? []) names = names.Rename(rule.Split('=')[0], rule.Split('=')[1]);
            Convert(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), names, parsed.GetValue(type), parsed.GetValue(json));
        });
        return command;
    }

    static void Convert(string from, string to, TensorNames names, string? type, bool json)
    {
        using (var source = TensorFile.Open(from))
        {
            var tensors = names.Apply(source);
            if (type is not null)
                foreach (string name in tensors.Keys.ToArray())
                    if (tensors[name].DType.IsFloatingPoint()) tensors[name] = tensors[name].To(DTypes.Named(type));
            TensorFile.Save(to, tensors, source.Metadata);
        }
        using var written = TensorFile.Open(to);
        var summary = WeightsSummary.Of(written);
        if (json) Console.WriteLine(summary.ToJson());
        else Screen.Say($"{summary}: {to}");
    }
}
