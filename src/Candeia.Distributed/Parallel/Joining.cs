using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>Puts together what the shards of a batch have come to: every rank has the results of the whole batch then, so that all metrics are those of one process.</summary>
internal static class Joining
{
    /// <summary>Whether a rank wants the run to end: nothing, because somebody has cancelled it, or because a limit is reached.</summary>
    const double Nothing = 0, Cancelled = 1, Limit = 2;

    /// <param name="line">How the ranks talk.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="division">How the batch is divided among them.</param>
    /// <param name="run">The run.</param>
    /// <param name="mine">What this rank's shards have come to; of those without items, what was computed instead.</param>
    public static StepResult Join(Line line, Shards shards, Division division, Run run, StepResult[] mine)
    {
        using var noGrad = Autograd.NoGrad();
        Tensor[][] parts = Array.ConvertAll(mine, Tensors);                  // of each shard
        double[] head = [Asked(run), .. parts[0].Select((t, i) => t.Rank == 0 ? 0.0 : Rows(i)), .. mine.Select(Loss), .. parts.SelectMany(p => p.Where(t => t.Rank == 0)).Select(t => t.Item())];
        double[] heads = new double[head.Length * shards.Ranks];
        line.Watchdog.While("the results of a batch", () => line.Ranks.AllGather<double>(head, heads));
        Hear(line, run, heads, head.Length);

        int numbers = parts[0].Count(t => t.Rank == 0), number = 0;
        double Of(int rank, int at) => heads[rank * head.Length + at];
        double Mean(Func<int, int> place) => Enumerable.Range(0, shards.Count).Where(s => division.Of(s).Items > 0)
            .Sum(s => division.Of(s).Items * Of(s / shards.Each, place(s % shards.Each))) / division.Size;
        int losses = 1 + parts[0].Length, others = losses + mine.Length;
        Tensor[] joined = [.. parts[0].Select((t, i) =>
        {
            if (t.Rank > 0) return Rowwise(i);
            int which = number++;
            return Tensor.Scalar(Mean(s => others + s * numbers + which), t.DType).To(t.Device);
        })];
        Tensor? loss = mine[0].Loss is { } own ? Tensor.Scalar(Mean(s => losses + s), own.DType).To(own.Device) : null;
        return With(mine[0], joined, loss);

        double Rows(int i) => Counted(i).Sum(t => t.Shape[0]);
        IEnumerable<Tensor> Counted(int i) => parts.Where((_, s) => division.Of(line.Ranks.Rank * shards.Each + s).Items > 0).Select(p => p[i]);

        // The rows of all ranks: as many bytes from each as the longest has, so that one call does.
        Tensor Rowwise(int i)
        {
            var like = parts[0][i];
            Tensor[] counted = [.. Counted(i)];
            int[] rows = [.. Enumerable.Range(0, shards.Ranks).Select(rank => (int)Of(rank, 1 + i))];
            long width = like.Numel / Math.Max(1, like.Shape[0]) * like.DType.Size();
            byte[] send = new byte[checked(width * rows.Max())], all = new byte[checked(send.Length * shards.Ranks)];
            if (counted.Length > 0) Tensor.Cat(counted).ReadBytes(bytes => bytes.CopyTo(send));
            line.Watchdog.While("the outputs of a batch", () => line.Ranks.AllGather<byte>(send, all));
            var result = Tensor.Empty([rows.Sum(), .. like.Shape.Skip(1)], like.DType);
            result.WriteBytes(bytes =>
            {
                int at = 0;
                for (int rank = 0; rank < rows.Length; at += (int)(rows[rank++] * width))
                    all.AsSpan(rank * send.Length, (int)(rows[rank] * width)).CopyTo(bytes[at..]);
            });
            return result.To(like.Device);
        }
    }

    static double Loss(StepResult result) => result.Loss?.Item() ?? double.NaN;

    static double Asked(Run run) => run.Ledger.Asked switch { null => Nothing, { IsCancelled: true } => Cancelled, _ => Limit };

    /// <summary>Ends the run everywhere after this batch if somewhere somebody wants it.</summary>
    static void Hear(Line line, Run run, double[] heads, int width)
    {
        int who = Enumerable.Range(0, line.Ranks.Size).FirstOrDefault(rank => heads[rank * width] != Nothing, -1);
        if (who < 0) return;
        string reason = "";
        line.Watchdog.While("the reason to stop", () => reason = line.Ranks.Text(run.Ledger.Asked?.Reason ?? "", who));
        run.Grant(new(reason, IsCancelled: heads[who * width] == Cancelled));
    }

    /// <summary>All tensors of a result but the loss, each once.</summary>
    static Tensor[] Tensors(StepResult result) => [.. All(result).Distinct()];

    static IEnumerable<Tensor> All(StepResult result) => [result.Output, .. result.Outputs, .. result.Target is { } target ? [target] : Array.Empty<Tensor>()];

    /// <summary>A result with other tensors in the places of its own.</summary>
    static StepResult With(StepResult result, Tensor[] joined, Tensor? loss)
    {
        var places = Tensors(result).Zip(joined).ToDictionary(p => p.First, p => p.Second);
        Tensor New(Tensor tensor) => places.GetValueOrDefault(tensor, tensor);
        return new(New(result.Output), loss)
        {
            Outputs = [.. result.Outputs.Select(New)], Target = result.Target is { } target ? New(target) : null,
            Value = result.Value is { } value ? Parts.Map(value, New) : null,
        };
    }
}
