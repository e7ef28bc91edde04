module landfall/gotpl/oracle

go 1.26
