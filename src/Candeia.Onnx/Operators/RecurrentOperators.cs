namespace Candeia.Onnx;

/// <summary>Recurrent networks: one cell, step by step, in one direction or both.</summary>
internal static class RecurrentOperators
{
    public static Operator[] All { get; } = [Cell("RNN", 1), Cell("GRU", 3), Cell("LSTM", 4)];

    static Operator Cell(string name, int gates) => new(name, 1, a =>
    {
        Recurrence recurrence = new(a, name, gates);
        return recurrence.Run;
    }) { Weights = [1, 2, 3], Fixed = [5, 6] };
}

/// <summary>One node: its parameters, and what it does with sequences.</summary>
internal sealed class Recurrence
{
    readonly string _name, _direction;
    readonly int _gates, _hidden;
    readonly bool _batchFirst, _coupled, _resetsAfter;
    readonly double? _clip;
    readonly RecurrentKind? _kind;
    readonly Remembered<Tensor[]>[] _turned = [new(), new()];
    readonly Func<Tensor, Tensor>[] _activations;

    public Recurrence(Attributes a, string name, int gates)
    {
        (_name, _gates, _hidden) = (name, gates, a.Int("hidden_size"));
        _direction = a.Text("direction", "forward");
        if (_direction is not ("forward" or "reverse" or "bidirectional")) throw new OnnxException($"direction {OnnxException.Quote(_direction)} is not known");
        _batchFirst = a.Flag("layout");
        _coupled = name == "LSTM" && a.Flag("input_forget");
        _resetsAfter = name == "GRU" && a.Flag("linear_before_reset");
        _clip = a.Has("clip") ? a.Float("clip", 0) : null;
        a.Ignore("output_sequence");
        string[] usual = name switch { "RNN" => ["Tanh"], "GRU" => ["Sigmoid", "Tanh"], _ => ["Sigmoid", "Tanh", "Tanh"] };
        string[] names = a.Texts("activations") ?? [.. Enumerable.Range(0, Directions).SelectMany(_ => usual)];
        if (names.Length != usual.Length * Directions) throw new OnnxException($"{names.Length} activations are not {usual.Length} for each direction");
        _kind = Kind(names);
        Queue<double> alphas = new(a.Floats("activation_alpha") ?? []), betas = new(a.Floats("activation_beta") ?? []);
        _activations = [.. names.Select(n => Activation(n, alphas, betas))];
    }

    int Directions => _direction == "bidirectional" ? 2 : 1;

    /// <summary>What it is of our own, which has one op for all steps; null where it is something that only ONNX has.</summary>
    RecurrentKind? Kind(string[] activations)
    {
        string[] each = [.. activations.Take(activations.Length / Directions)];
        bool alike = Enumerable.Range(0, Directions).All(d => activations.Skip(d * each.Length).Take(each.Length).SequenceEqual(each, StringComparer.OrdinalIgnoreCase));
        if (!alike || _clip is not null || _coupled) return null;
        return (_name, each) switch
        {
            ("LSTM", ["Sigmoid", "Tanh", "Tanh"]) => RecurrentKind.Lstm,
            ("GRU", ["Sigmoid", "Tanh"]) when _resetsAfter => RecurrentKind.Gru,
            ("RNN", ["Tanh"]) => RecurrentKind.Tanh,
            ("RNN", ["Relu"]) => RecurrentKind.Relu,
            _ => null,
        };
    }

    // The gates stand as i, o, f, c in files and as i, f, c, o here; those of a GRU as z, r, n and r, z, n.
    Tensor Turned(Tensor weight)
    {
        int[] order = _name switch { "LSTM" => [0, 2, 3, 1], "GRU" => [1, 0, 2], _ => [0] };
        return order.Length == 1 ? weight : Tensor.Cat([.. order.Select(g => weight.Narrow(0, g * _hidden, _hidden))], 0);
    }

    (Tensor Y, Tensor H, Tensor? C) AllSteps(RecurrentKind kind, Tensor x, Tensor w, Tensor r, Tensor? b, Tensor h, Tensor? c, int direction)
    {
        int steps = x.Shape[0], n = x.Shape[1], all = _gates * _hidden;
        bool backwards = _direction == "reverse" || direction == 1;
        RecurrentOp op = new(kind, Enumerable.Repeat(n, steps).ToArray(), backwards, b is not null);
        var weights = _turned[direction].Of(b is null ? [w, r] : [w, r, b], () =>
            [.. (b is null ? (Tensor[])[w, r] : [w, r, b.Narrow(0, 0, all), b.Narrow(0, all, all)]).Select(t => Turned(t).Settle().Keep())]);
        var (y, lastH, lastC) = op.Apply(x.Reshape(steps * n, x.Shape[2]), h, c, weights[0], weights[1], b is null ? null : weights[2], b is null ? null : weights[3]);
        return (y.Reshape(steps, n, _hidden), lastH, lastC);
    }

    /// <summary>All states [steps, directions, batch, hidden], and the last ones.</summary>
    public Tensor[] Run(Call call)
    {
        var x = _batchFirst ? call[0].Transpose(0, 1) : call[0];                                    // [steps, batch, features]
        int steps = x.Shape[0];
        var (w, r, b, p) = (call[1], call[2], call.Maybe(3), call.Maybe(7));
        int[]? lengths = call.Integers(4);
        if (lengths is not null && Array.TrueForAll(lengths, n => n == steps)) lengths = null;
        List<Tensor> all = [], lastH = [], lastC = [];
        for (int d = 0; d < Directions; d++)
        {
            Tensor Begin(Tensor? given) => given is null ? Tensor.Zeros([x.Shape[1], _hidden], x.DType, x.Device) : _batchFirst ? given.Select(1, d) : given.Select(0, d);
            var cell = new DirectedCell(this, w.Select(0, d), r.Select(0, d), b?.Select(0, d), p?.Select(0, d), d);
            var (h, c) = (Begin(call.Maybe(5)), Begin(call.Maybe(6)));
            bool backwards = _direction == "reverse" || d == 1;
            if (_kind is { } kind && lengths is null && p is null && steps > 0)
            {
                var (y1, h1, c1) = AllSteps(kind, x, w.Select(0, d), r.Select(0, d), b?.Select(0, d), h, kind == RecurrentKind.Lstm ? c : null, d);
                all.Add(y1);
                lastH.Add(h1);
                lastC.Add(c1 ?? h1);
                continue;
            }
            var states = new Tensor[steps];
            var inputs = cell.Inputs(x);                                                            // [steps, batch, gates · hidden]
            for (int i = 0; i < steps; i++)
            {
                int t = backwards ? steps - 1 - i : i;
                var (newH, newC) = cell.Next(inputs.Select(0, t), h, c);
                if (lengths is null) (h, c, states[t]) = (newH, newC, newH);
                else
                {
                    var goesOn = Tensor.From(Array.ConvertAll(lengths, n => t < n)).Unsqueeze(1).To(x.Device);
                    (h, c) = (goesOn.Where(newH, h), goesOn.Where(newC, c));
                    states[t] = goesOn.Where(newH, Tensor.Scalar(0, x.DType));
                }
            }
            all.Add(steps > 0 ? Tensor.Stack(states) : Tensor.Zeros([0, x.Shape[1], _hidden], x.DType, x.Device));
            lastH.Add(h);
            lastC.Add(c);
        }
        var y = Tensor.Stack([.. all], 1);                                                          // [steps, directions, batch, hidden]
        int at = _batchFirst ? 1 : 0;
        Tensor[] results = [_batchFirst ? y.Permute(2, 0, 1, 3) : y, Tensor.Stack([.. lastH], at), Tensor.Stack([.. lastC], at)];
        return _name == "LSTM" ? results : results[..2];
    }

    Tensor Clipped(Tensor x) => _clip is { } most ? x.Clamp(-most, most) : x;

    static Func<Tensor, Tensor> Activation(string name, Queue<double> alphas, Queue<double> betas)
    {
        double Next(Queue<double> values, double missing) => values.TryDequeue(out double value) ? value : missing;
        switch (name.ToUpperInvariant())
        {
            case "TANH": return x => x.Tanh();
            case "SIGMOID": return x => x.Sigmoid();
            case "RELU": return x => x.Relu();
            case "SOFTSIGN": return x => x.Softsign();
            case "SOFTPLUS": return x => x.Softplus();
            case "LEAKYRELU": double slope = Next(alphas, 0.01); return x => x.LeakyRelu(slope);
            case "ELU": double alpha = Next(alphas, 1); return x => x.Elu(alpha);
            case "THRESHOLDEDRELU": double least = Next(alphas, 1); return x => (x > least).Where(x, Tensor.Scalar(0, x.DType));
            case "HARDSIGMOID": double a = Next(alphas, 0.2), b = Next(betas, 0.5); return x => (a * x + b).Clamp(0, 1);
            case "AFFINE": double factor = Next(alphas, 1), added = Next(betas, 0); return x => factor * x + added;
            case "SCALEDTANH": double outer = Next(alphas, 1), inner = Next(betas, 1); return x => outer * (inner * x).Tanh();
            default: throw new OnnxException($"the activation {OnnxException.Quote(name)} is not known");
        }
    }

    /// <summary>The cell in one direction, with its weights.</summary>
    sealed class DirectedCell(Recurrence own, Tensor w, Tensor r, Tensor? b, Tensor? p, int direction)
    {
        readonly int _size = own._hidden;
        readonly Tensor? _wb = b?.Narrow(0, 0, own._gates * own._hidden), _rb = b?.Narrow(0, own._gates * own._hidden, own._gates * own._hidden);
        readonly Func<Tensor, Tensor>[] _f = own._activations[(direction * own._activations.Length / own.Directions)..];

        /// <summary>What the inputs of all steps add to the gates, in one product.</summary>
        public Tensor Inputs(Tensor x) => x.Linear(w, own._resetsAfter || _wb is null || _rb is null ? _wb : _wb + _rb);

        public (Tensor H, Tensor C) Next(Tensor input, Tensor h, Tensor c) => own._name switch
        {
            "RNN" => (_f[0](own.Clipped(input + h.Linear(r))), c),
            "GRU" => (Gru(input, h), c),
            _ => Lstm(input, h, c),
        };

        Tensor Gate(Tensor x, int gate) => x.Narrow(-1, gate * _size, _size);

        Tensor Gru(Tensor input, Tensor h)
        {
            if (own._resetsAfter)
            {
                var state = h.Linear(r, _rb);
                var (z, reset) = (_f[0](own.Clipped(Gate(input, 0) + Gate(state, 0))), _f[0](own.Clipped(Gate(input, 1) + Gate(state, 1))));
                return Mixed(z, _f[1](own.Clipped(Gate(input, 2) + reset * Gate(state, 2))), h);
            }
            var both = h.Linear(r.Narrow(0, 0, 2 * _size));
            var update = _f[0](own.Clipped(Gate(input, 0) + Gate(both, 0)));
            var forgotten = _f[0](own.Clipped(Gate(input, 1) + Gate(both, 1))) * h;
            return Mixed(update, _f[1](own.Clipped(Gate(input, 2) + forgotten.Linear(r.Narrow(0, 2 * _size, _size)))), h);
        }

        static Tensor Mixed(Tensor z, Tensor news, Tensor h) => (1 - z) * news + z * h;

        (Tensor, Tensor) Lstm(Tensor input, Tensor h, Tensor c)
        {
            var gates = input + h.Linear(r);                                                        // input, output, forget, cell
            Tensor Peep(int gate, int part, Tensor state) => p is null ? Gate(gates, gate) : Gate(gates, gate) + p.Narrow(0, part * _size, _size) * state;
            var i = _f[0](own.Clipped(Peep(0, 0, c)));
            var f = own._coupled ? 1 - i : _f[0](own.Clipped(Peep(2, 2, c)));
            var next = f * c + i * _f[1](own.Clipped(Gate(gates, 3)));
            return (_f[0](own.Clipped(Peep(1, 1, next))) * _f[2](next), next);
        }
    }
}
