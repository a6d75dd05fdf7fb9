using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A network in a file, and the name of the recipe that it was made with.</summary>
static class SavedNetwork
{
    const string Key = "recipe";

    public static void Save(string file, Layer net, string recipe) => Safetensors.Save(file, net.StateDict(), new Dictionary<string, string> { [Key] = recipe });

    /// <exception cref="UserException">The file is missing, or holds another network.</exception>
    public static Layer Load(string file)
    {
        if (!File.Exists(file)) throw new UserException($"There is no model '{file}'; name the model.safetensors that guess-the-correlation wrote.");
        string name;
        using (var open = SafetensorsFile.Open(file)) name = open.Metadata is { } said && said.TryGetValue(Key, out string? value) ? value : Recipe.Tutorial.Name;
        var recipe = Recipe.All.FirstOrDefault(r => r.Name == name)
            ?? throw new UserException($"'{file}' was made with the recipe '{name}', which is none of {string.Join(", ", Recipe.All.Select(r => r.Name))}; it needs another version of Candeia.");
        var net = recipe.Network();
        try
        {
            net.LoadStateDict(Safetensors.Load(file));
        }
        catch (StateDictException e)
        {
            throw new UserException(
                $"'{file}' holds another network than that of guess-the-correlation ({Difference(e)}); name a model.safetensors that it wrote.", e);
        }
        return net;
    }

    /// <summary>Whether a network from a file has answered with numbers.</summary>
    /// <exception cref="UserException">It has not.</exception>
    public static void CheckAnswers(string file, IEnumerable<float> answers)
    {
        if (!answers.All(float.IsFinite))
            throw new UserException($"'{file}' holds a network that answers with NaN or infinity; train it again, with a smaller --learning-rate.");
    }

    static string Difference(StateDictException e)
    {
        string line = e.Message.Split('\n')[^1].Trim();
        return line.Length <= 120 ? line : $"{line[..120]}…";
    }
}
