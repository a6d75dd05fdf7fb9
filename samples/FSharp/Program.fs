// Candeia from F#: a network of one's own learns which points lie on a ring, is saved, loaded and asked.
//
//     dotnet run --project samples/FSharp
//
// Layers and trainings are used as in C#. F# converts no numbers to tensors, compares none with >, and wants arrays to be spans: three lines below do that.

open System
open Candeia
open Candeia.NN
open Candeia.Training

let number (value: float) : Tensor = Tensor.op_Implicit value
let sizes (values: int array) = ReadOnlySpan<int> values
let (.>.) (a: Tensor) (b: float) = Tensor.op_GreaterThan(a, number b)

/// Fields that are layers are found, and what is in them learns.
type Ring() =
    inherit Layer()
    let fc1 = new Linear(2, 32)
    let fc2 = new Linear(32, 32)
    let fc3 = new Linear(32, 1)

    override _.Forward(x: Tensor) =
        let h = x.Apply(fc1).Tanh()
        (h + h.Apply(fc2).Tanh()).Apply(fc3).Squeeze(sizes [| 1 |])

/// Points between −1.5 and 1.5.
let points (count: int) =
    Tensor.Rand(Shape.Create(sizes [| count; 2 |])) * number 3.0 - number 1.5

/// 1 for points whose distance from the middle is between 0.5 and 1, 0 for all others.
let onRing (points: Tensor) =
    let square = points.Square().Sum(sizes [| 1 |])
    (square .>. 0.25).To(DType.Float32) - (square .>. 1.0).To(DType.Float32)

let train (folder: string) =
    let x = points 1000
    let learner =
        (new Ring()).Setup(
            Loss(fun y truth -> y.BceWithLogitsLoss(truth)),
            (fun parameters -> new AdamW(parameters, 0.01) :> Optimizer),
            BinaryAccuracy(FromLogits = true))
    learner.Quiet().Fit(x, onRing x, epochs = 60).Save(folder)

[<EntryPoint>]
let main args =
    Generator.Seed 1UL
    let folder = if args.Length > 0 then args[0] else "ring"
    train folder
    let saved = Fitted.Load(folder, fun () -> new Ring())
    let test = points 2000
    let right = (saved.Predict(test) .>. 0.0).To(DType.Float32).Eq(onRing test).To(DType.Float32).Mean(sizes [||]).Item()
    printfn $"%.1f{100.0 * right} %% of 2000 new points are told apart"
    for x, y in [ 0.0f, 0.0f; 0.7f, 0.2f; 1.2f, -0.4f ] do
        let likely = saved.Predict(Tensor.From([| x; y |], Shape.Create(sizes [| 1; 2 |]))).Sigmoid().Item()
        printfn $"(%g{x}, %g{y}): on the ring with a likelihood of %.2f{likely}"
    0
