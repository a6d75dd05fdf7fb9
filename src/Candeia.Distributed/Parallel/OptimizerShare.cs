using System.Globalization;
using Candeia.NN;

namespace Candeia.Distributed;

/// <summary>
/// The part of an optimizer's state that is this rank's: each rank updates some parameters, and sends their new values to the others
/// (<see href="https://arxiv.org/abs/1910.02054">Rajbhandari et al., 2020</see>, stage 1).
/// </summary>
internal sealed class OptimizerShare(Optimizer optimizer, Line line)
{
    bool _hasAll;

    Tensor[] Parameters => [.. optimizer.Groups.SelectMany(g => g.Parameters)];

    /// <summary>Whose each parameter is: always the rank with the least so far.</summary>
    int[] Owners(Tensor[] parameters)
    {
        long[] load = new long[line.Ranks.Size];
        return Array.ConvertAll(parameters, p =>
        {
            int owner = Array.IndexOf(load, load.Min());
            load[owner] += p.Numel;
            return owner;
        });
    }

    /// <summary>Leaves to this rank's update the gradients of its own parameters.</summary>
    public void Restrict()
    {
        if (_hasAll) optimizer.LoadStateDict(Own());
        _hasAll = false;
        var parameters = Parameters;
        foreach (var (i, owner) in Owners(parameters).Index()) if (owner != line.Ranks.Rank) parameters[i].Grad = null;
    }

    /// <summary>Gives all ranks every parameter as its owner has it.</summary>
    public void Share()
    {
        var parameters = Parameters;
        line.Watchdog.While("the updated parameters", () =>
        {
            foreach (var (i, owner) in Owners(parameters).Index()) line.Ranks.BroadcastAll([parameters[i]], owner);
        });
    }

    /// <summary>Has the whole state here, until the next update, to be saved.</summary>
    public void Gather()
    {
        string path = Path.GetTempFileName();
        byte[][] all = [];
        try
        {
            Safetensors.Save(path, Own());
            line.Watchdog.While("the state of the optimizer", () => all = line.Ranks.Gather(File.ReadAllBytes(path)));
        }
        finally
        {
            File.Delete(path);
        }
        if (line.Ranks.Rank != 0) return;
        OrderedDictionary<string, Tensor> state = [];
        foreach (byte[] part in all)
        {
            using var file = SafetensorsFile.Open(new MemoryStream(part));
            foreach (var entry in file.Entries) state[entry.Name] = file.Load(entry.Name);
        }
        optimizer.LoadStateDict(state);
        _hasAll = true;
    }

    /// <summary>A state that was loaded is that of all parameters.</summary>
    public void Loaded() => _hasAll = true;

    OrderedDictionary<string, Tensor> Own()
    {
        int[] owners = Owners(Parameters);
        return new(optimizer.StateDict().Where(entry => entry.Key.Split('.') is not [_, "state" or "numbers", var i, ..]
            || owners[int.Parse(i, CultureInfo.InvariantCulture)] == line.Ranks.Rank));
    }
}
